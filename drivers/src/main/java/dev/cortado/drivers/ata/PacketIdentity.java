package dev.cortado.drivers.ata;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a drive that takes packets says of itself (IDENTIFY PACKET DEVICE, ATA8-ACS 7.17), as far as
 * we use it.
 *
 * @param tellsDirection whether it has to be told which way data goes
 */
public record PacketIdentity(boolean tellsDirection) {
    /** Word 0: it takes packets, of what kind, and how. */
    private static final int GENERAL = 0;

    private static final int PROTOCOL = 0b11 << 14;
    private static final int PROTOCOL_PACKET = 0b10 << 14;
    private static final int KIND = 0x1f << 8;
    private static final int KIND_DISC = 5 << 8;

    /** When it takes the packet: 1 is with an interrupt, as only drives of old do. */
    private static final int REQUEST = 0b11 << 5;

    private static final int REQUEST_INTERRUPT = 0b01 << 5;
    private static final int SIZE = 0b11;

    private static final int CAPABILITIES = 49;
    private static final int CAPABILITIES_DMA = 1 << 8;

    /** Word 62; where the direction is needed, this tells of DMA, and word 49 does not. */
    private static final int DIRECTION = 62;

    private static final int DIRECTION_NEEDED = 1 << 15;
    private static final int DIRECTION_DMA = 1 << 10;

    /**
     * @param name for messages
     * @throws IOException it is no drive that can be used, or the data is damaged
     */
    public static PacketIdentity of(String name, byte[] identity) throws IOException {
        AtaIdentity.check(name, identity);
        ByteBuffer data = ByteBuffer.wrap(identity).order(ByteOrder.LITTLE_ENDIAN);
        int general = data.getShort(2 * GENERAL);
        int direction = data.getShort(2 * DIRECTION);
        boolean tellsDirection = (direction & DIRECTION_NEEDED) != 0;
        boolean hasDma =
                (data.getShort(2 * CAPABILITIES) & CAPABILITIES_DMA) != 0
                        || tellsDirection && (direction & DIRECTION_DMA) != 0;
        boolean isUsable =
                (general & PROTOCOL) == PROTOCOL_PACKET
                        && (general & KIND) == KIND_DISC
                        && (general & REQUEST) != REQUEST_INTERRUPT
                        && (general & SIZE) == 0
                        && hasDma;
        if (!isUsable) {
            throw new IOException(
                    "%s: no drive for discs with packets of 12 bytes and DMA (0x%04x)"
                            .formatted(name, general & 0xffff));
        }
        return new PacketIdentity(tellsDirection);
    }
}
