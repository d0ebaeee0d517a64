"""The addresses of our own style sheets, scripts and pictures in templates."""

from django import template

from kneewise.web.own_files import address

register = template.Library()
register.simple_tag(address, name="own_file")
