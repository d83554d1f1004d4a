"""netdoctor: root-cause diagnosis of a misbehaving network."""

__version__ = "0.1.0.dev0"
