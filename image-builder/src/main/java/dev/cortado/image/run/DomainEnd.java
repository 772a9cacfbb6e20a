package dev.cortado.image.run;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a domain has ended, as xl says it (Xen's public header {@code sched.h}, SHUTDOWN_xxx). */
enum DomainEnd {
    POWEROFF("has switched itself off"),
    REBOOT("wants to be started again"),
    SUSPEND("has been suspended"),
    CRASH("has crashed"),
    WATCHDOG("was ended by its watchdog"),
    SOFT_RESET("wants to be reset"),
    UNKNOWN("is gone");

    private static final Pattern SHUTDOWN =
            Pattern.compile("has shut down, reason code (\\d{1,3})");

    private final String text;

    DomainEnd(String text) {
        this.text = text;
    }

    /** Reads what {@code xl create -F} has said. */
    static DomainEnd of(String output) {
        Matcher matcher = SHUTDOWN.matcher(output);
        if (!matcher.find()) {
            return UNKNOWN;
        }
        int code = Integer.parseInt(matcher.group(1));
        return code < UNKNOWN.ordinal() ? values()[code] : UNKNOWN;
    }

    /** What to say of the domain. */
    String text() {
        return text;
    }
}
