package dev.cortado.system.xen.lab;

/** Why a domain is gone; SHUTDOWN_* in Xen's public/sched.h, and what xl does by itself. */
public enum EndReason {
    POWEROFF,
    REBOOT,
    SUSPEND,
    CRASH,
    WATCHDOG,
    SOFT_RESET,

    /** Somebody destroyed it. */
    DESTROYED
}
