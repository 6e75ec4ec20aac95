"""`conan statuspage:schedule-maintenance`."""

from .cmd_schedule_maintenance import schedule_maintenance

schedule_maintenance_dashed = schedule_maintenance.dashed()
