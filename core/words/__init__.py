"""What people type, understood without a language model.

Pure functions: text in, records from ``core.model`` (or ``BadInput``) out; the time and the person's zone are
arguments. A library reads the dates (parsedatetime) and the recurrences (recurrent, dateutil); what stands
here decides which words may be a date at all.
"""
