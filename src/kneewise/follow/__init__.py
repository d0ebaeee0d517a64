"""Programme and diary to what changes now: progress, alarms, scores, return to activity."""
