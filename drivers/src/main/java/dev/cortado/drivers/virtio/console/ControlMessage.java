package dev.cortado.drivers.virtio.console;

/**
 * What device and driver tell each other about ports (VIRTIO 1.2, 5.3.6.2, {@code struct
 * virtio_console_control}), in 8 bytes: little-endian {@code id} of 32 bits, {@code event} and
 * {@code value} of 16. Behind {@link #PORT_NAME} is the name, behind {@link #RESIZE} the size.
 *
 * @param port its number
 * @param event one of these
 * @param value 16 bits
 */
record ControlMessage(int port, int event, int value) {
    static final int BYTES = 8;

    /** From the driver: whether it can do messages. */
    static final int DEVICE_READY = 0;

    /** From the device: there is a port, or is no more. */
    static final int DEVICE_ADD = 1;

    static final int DEVICE_REMOVE = 2;

    /** From the driver: whether it can do a port that was added. */
    static final int PORT_READY = 3;

    /** From the device: a port is a console. */
    static final int CONSOLE_PORT = 4;

    /** From the device: the console has so many columns and rows. */
    static final int RESIZE = 5;

    /** From both: whether somebody is at that end of a port. */
    static final int PORT_OPEN = 6;

    /** From the device: how it calls a port. */
    static final int PORT_NAME = 7;

    static ControlMessage parse(byte[] bytes) {
        return new ControlMessage(
                read16(bytes, 0) | read16(bytes, 2) << 16, read16(bytes, 4), read16(bytes, 6));
    }

    private static int read16(byte[] bytes, int offset) {
        return (bytes[offset] & 0xff) | (bytes[offset + 1] & 0xff) << 8;
    }

    byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        write16(bytes, 0, port);
        write16(bytes, 2, port >>> 16);
        write16(bytes, 4, event);
        write16(bytes, 6, value);
        return bytes;
    }

    private static void write16(byte[] bytes, int offset, int value) {
        bytes[offset] = (byte) value;
        bytes[offset + 1] = (byte) (value >>> 8);
    }
}
