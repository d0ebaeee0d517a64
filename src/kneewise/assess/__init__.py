"""Evidence to urgency, causes, contributing factors, reasons and the next question."""
