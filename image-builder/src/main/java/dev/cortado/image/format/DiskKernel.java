package dev.cortado.image.format;

import dev.cortado.boot.disk.DiskLayout;
import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.SourceWindow;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The kernel on a disk of Cortado's: an ELF file, which loaders start as well as its own. */
final class DiskKernel {
    private DiskKernel() {}

    /**
     * @throws dev.cortado.image.UserError if it is not all on the disk
     */
    static ByteSource of(ByteSource disk) {
        ByteBuffer header =
                disk.bytes(DiskLayout.HEADER_OFFSET, DiskLayout.SECTOR_SIZE, "the header")
                        .order(ByteOrder.LITTLE_ENDIAN);
        long sector = Integer.toUnsignedLong(header.getInt(DiskLayout.IMAGE_SECTOR));
        return new SourceWindow(
                disk,
                sector * DiskLayout.SECTOR_SIZE,
                header.getLong(DiskLayout.IMAGE_SIZE),
                "the kernel on it");
    }
}
