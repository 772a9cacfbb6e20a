package dev.cortado.drivers.scsi;

import java.io.IOException;

/**
 * What became of a command.
 *
 * @param delivery whether it came to the unit at all
 * @param code the adapter's own, for messages
 * @param status the unit's (SAM-5, 5.3.1)
 * @param sense its reasons; empty if it gave none
 */
public record ScsiAnswer(Delivery delivery, int code, int status, byte[] sense) {
    /** What an adapter says of a command. */
    public enum Delivery {
        /** It was carried out, and all of its data moved. */
        DONE,

        /** It was carried out, and less of its data moved than there is room for. */
        SHORT,

        /** There is no such target. */
        ABSENT,

        /** It was not carried out, but may be the next time. */
        AGAIN,

        /** It could not be carried out. */
        FAILED
    }

    static final int GOOD = 0x00;
    static final int CHECK_CONDITION = 0x02;
    static final int BUSY = 0x08;
    static final int TASK_SET_FULL = 0x28;
    static final int TASK_ABORTED = 0x40;

    private static final byte[] NONE = {};

    /** One that says nothing of its unit. */
    public static ScsiAnswer undelivered(Delivery delivery, int code) {
        return new ScsiAnswer(delivery, code, GOOD, NONE);
    }

    /** One of a unit that has not carried the command out, for these reasons. */
    public static ScsiAnswer refused(byte[] sense) {
        return new ScsiAnswer(Delivery.DONE, 0, CHECK_CONDITION, sense);
    }

    boolean isAbsent() {
        return delivery == Delivery.ABSENT;
    }

    /** Whether it is worth to be made again, for a reason that passes. */
    boolean isPassing() {
        if (delivery == Delivery.AGAIN) {
            return true;
        }
        return switch (status) {
            case CHECK_CONDITION -> ScsiSense.of(sense).isPassing();
            case BUSY, TASK_SET_FULL, TASK_ABORTED -> true;
            default -> false;
        };
    }

    /** Whether there may be another medium than before. */
    boolean tellsOfChange() {
        return status == CHECK_CONDITION && ScsiSense.of(sense).isMediumChange();
    }

    /** Whether it will be there soon. */
    boolean tellsOfBecomingReady() {
        return status == CHECK_CONDITION && ScsiSense.of(sense).isBecomingReady();
    }

    /** Whether there is none. */
    boolean tellsOfNoMedium() {
        return status == CHECK_CONDITION && ScsiSense.of(sense).isNoMedium();
    }

    /** Whether the unit has carried it out. */
    boolean isDone() {
        boolean isDelivered = delivery == Delivery.DONE || delivery == Delivery.SHORT;
        return isDelivered
                && (status == GOOD
                        || status == CHECK_CONDITION && ScsiSense.of(sense).isRecovered());
    }

    /**
     * Looks whether all was done.
     *
     * @param name of the unit, for messages
     * @throws IOException it was not, and why
     */
    void check(String name, ScsiCommand command) throws IOException {
        if (!isDone()) {
            throw error(name, command);
        }
        if (delivery == Delivery.SHORT) {
            throw new IOException(name + ": " + command + ": less was moved");
        }
    }

    /** What is wrong. */
    IOException error(String name, ScsiCommand command) {
        String reason =
                switch (delivery) {
                    case DONE, SHORT -> {
                        String more = status == CHECK_CONDITION ? ", " + ScsiSense.of(sense) : "";
                        yield "status 0x%02x%s".formatted(status, more);
                    }
                    case ABSENT -> "there is no such target";
                    case AGAIN, FAILED ->
                            "the adapter has not carried it out (0x%02x)".formatted(code);
                };
        return new IOException(name + ": " + command + ": " + reason);
    }
}
