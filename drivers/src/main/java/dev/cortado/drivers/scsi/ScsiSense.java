package dev.cortado.drivers.scsi;

/**
 * A unit's reasons (SPC-4, 4.5), in either of the two formats.
 *
 * @param key what kind of reason; -1 if it cannot be read
 * @param code additional sense code
 * @param qualifier of that
 * @param isDeferred whether it is about an earlier command: that which it ended was not done
 */
record ScsiSense(int key, int code, int qualifier, boolean isDeferred) {
    private static final int RESPONSE_CODE = 0x7f;
    private static final int FIXED = 0x70;
    private static final int FIXED_DEFERRED = 0x71;
    private static final int DESCRIPTORS = 0x72;
    private static final int DESCRIPTORS_DEFERRED = 0x73;
    private static final int FIXED_BYTES = 14;
    private static final int DESCRIPTORS_BYTES = 4;
    private static final int KEY = 0xf;

    private static final int RECOVERED_ERROR = 1;
    private static final int NOT_READY = 2;
    private static final int UNIT_ATTENTION = 6;
    private static final int ABORTED_COMMAND = 0xb;

    /** Additional sense codes (SPC-4, annex F). */
    private static final int MEDIUM_CHANGED = 0x28;

    private static final int NO_MEDIUM = 0x3a;
    private static final int NOT_YET = 0x04;

    /** Its qualifier. */
    private static final int BECOMING_READY = 0x01;

    static ScsiSense of(byte[] sense) {
        int format = sense.length == 0 ? 0 : sense[0] & RESPONSE_CODE;
        if ((format == FIXED || format == FIXED_DEFERRED) && sense.length >= FIXED_BYTES) {
            return new ScsiSense(
                    sense[2] & KEY, sense[12] & 0xff, sense[13] & 0xff, format == FIXED_DEFERRED);
        }
        if ((format == DESCRIPTORS || format == DESCRIPTORS_DEFERRED)
                && sense.length >= DESCRIPTORS_BYTES) {
            return new ScsiSense(
                    sense[1] & KEY,
                    sense[2] & 0xff,
                    sense[3] & 0xff,
                    format == DESCRIPTORS_DEFERRED);
        }
        return new ScsiSense(-1, 0, 0, false);
    }

    /** The unit tells of something that has happened, or has ended the command for another. */
    boolean isPassing() {
        return key == UNIT_ATTENTION
                || key == ABORTED_COMMAND
                || key == RECOVERED_ERROR && isDeferred;
    }

    /** NOT READY TO READY CHANGE, MEDIUM MAY HAVE CHANGED, whatever the qualifier. */
    boolean isMediumChange() {
        return key == UNIT_ATTENTION && code == MEDIUM_CHANGED;
    }

    /** LOGICAL UNIT IS IN PROCESS OF BECOMING READY: a disc that spins up, for one. */
    boolean isBecomingReady() {
        return key == NOT_READY && code == NOT_YET && qualifier == BECOMING_READY;
    }

    boolean isNoMedium() {
        return key == NOT_READY && code == NO_MEDIUM;
    }

    boolean isRecovered() {
        return key == RECOVERED_ERROR && !isDeferred;
    }

    @Override
    public String toString() {
        String word =
                switch (key) {
                    case -1 -> "no sense data";
                    case NOT_READY -> "not ready";
                    case 0x3 -> "medium error";
                    case 0x4 -> "hardware error";
                    case 0x5 -> "illegal request";
                    case UNIT_ATTENTION -> "unit attention";
                    case 0x7 -> "data protect";
                    case ABORTED_COMMAND -> "aborted command";
                    default -> "sense key " + key;
                };
        return "%s (0x%02x, 0x%02x)".formatted(word, code, qualifier);
    }
}
