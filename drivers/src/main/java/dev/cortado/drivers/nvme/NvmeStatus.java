package dev.cortado.drivers.nvme;

/** What a completion says of a command that was not carried out (4.6.1). */
final class NvmeStatus {
    private static final int CODE = 0xff;
    private static final int TYPE_SHIFT = 8;
    private static final int TYPE = 0b111;
    private static final int MEDIA = 2;

    private NvmeStatus() {}

    /**
     * @param status the field without the phase tag
     */
    static String text(NvmeCommand command, int status) {
        int type = status >>> TYPE_SHIFT & TYPE;
        return "command 0x%02x of namespace %d: %s (status type %d, code 0x%02x)"
                .formatted(
                        command.opcode(),
                        Integer.toUnsignedLong(command.namespace()),
                        words(type, status & CODE),
                        type,
                        status & CODE);
    }

    private static String words(int type, int code) {
        return switch (type << TYPE_SHIFT | code) {
            case 0x01 -> "it is not known";
            case 0x02 -> "a field is not valid";
            case 0x04 -> "its data could not be transferred";
            case 0x06 -> "an error inside the controller";
            case 0x07 -> "it was aborted";
            case 0x0b -> "there is no such namespace";
            case 0x20 -> "the namespace is write-protected";
            case 0x80 -> "blocks are outside the namespace";
            case 0x81 -> "it has more blocks than there is room for";
            case MEDIA << TYPE_SHIFT | 0x80 -> "the medium could not be written";
            case MEDIA << TYPE_SHIFT | 0x81 -> "the medium could not be read";
            default -> "an error";
        };
    }
}
