package dev.cortado.kernel.device;

import dev.cortado.kernel.monitor.MonitorText;

/** How often each device did what it must not, since the machine started. */
public final class DeviceFaults {
    /** What a device did, or what had to be done about it. */
    public enum Kind {
        /** It answered what cannot be: an identifier, a length or an index that is nobody's. */
        WILD_ANSWER("wild answers"),

        /** It interrupted, and had done nothing. Now and then that is no fault. */
        CAUSELESS_INTERRUPT("interrupts without cause"),

        /** It was masked, since it interrupted for ever. */
        STORM("times masked"),

        /** Its driver died, and the next one has reset it. */
        DEATH("deaths of its driver");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    /** More than a machine has devices: what comes and goes does not take memory for ever. */
    private static final int MOST_DEVICES = 256;

    private static final Kind[] KINDS = Kind.values();

    private static final String[] NAMES = new String[MOST_DEVICES];

    /** The kinds of each device, one after the other. */
    private static final long[] COUNTS = new long[MOST_DEVICES * KINDS.length];

    /** Those before are named, and stay. */
    private static volatile int devices;

    private DeviceFaults() {}

    /**
     * Counts one.
     *
     * @param device by the name that its driver has for it, with its place
     */
    public static synchronized void add(String device, Kind kind) {
        int number = find(device);
        if (number == devices) {
            if (number == MOST_DEVICES) {
                return;
            }
            NAMES[number] = device;
            devices = number + 1;
        }
        COUNTS[number * KINDS.length + kind.ordinal()]++;
    }

    /** How many there were of a device. */
    public static synchronized long count(String device, Kind kind) {
        int number = find(device);
        return number == devices ? 0 : COUNTS[number * KINDS.length + kind.ordinal()];
    }

    private static int find(String device) {
        int number = 0;
        while (number < devices && !NAMES[number].equals(device)) {
            number++;
        }
        return number;
    }

    /**
     * A line for each device that did something. Takes no lock and makes no objects: the console
     * may wait for a driver.
     */
    static void show(MonitorText text) {
        for (int number = 0; number < devices; number++) {
            text.text(NAMES[number]);
            String between = ": ";
            for (Kind kind : KINDS) {
                long count = COUNTS[number * KINDS.length + kind.ordinal()];
                if (count > 0) {
                    text.text(between).number(count).character(' ').text(kind.text);
                    between = ", ";
                }
            }
            text.line();
        }
    }

    /**
     * Says something at the console, but not in the driver's thread that calls this: the console
     * may wait for that.
     */
    static void tell(String text) {
        try {
            Thread.ofPlatform()
                    .daemon()
                    .name("device faults")
                    .start(() -> System.err.println("cortado: " + text));
        } catch (OutOfMemoryError e) {
            // It was counted.
        }
    }
}
