"""E-mail as a way out: tips and reminders as mails, handed to an SMTP server.

Mail only goes out. What people tap in one comes back as a request for a page (``bot/web``), and what they
answer by mail is not read.
"""

from adapters.mail.channel import Mail, rate_of
from adapters.mail.compose import Composer, Footer
from adapters.mail.connection import Security, SmtpServer

__all__ = ["Composer", "Footer", "Mail", "Security", "SmtpServer", "rate_of"]
