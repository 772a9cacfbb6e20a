package dev.cortado.boot.linux;

import dev.cortado.boot.layout.KernelSegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Puts header, code and an image together as {@link LinuxLayout} says. */
public final class LinuxImage {
    private static final int MOST_SEGMENTS = 16;

    /** The size of the file is a multiple of it. */
    private static final int UNIT = 16;

    private static final int SECTOR_SIZE = 512;
    private static final int LARGE_PAGE = 0x20_0000;

    private LinuxImage() {}

    /**
     * The whole file.
     *
     * @param image an ELF file
     * @param segments by their addresses
     * @param entry physical address of the PVH entry
     * @throws IllegalArgumentException if the code cannot load that
     */
    public static ByteBuffer create(ByteBuffer image, List<KernelSegment> segments, long entry) {
        requireLoadable(image, segments);
        byte[] code = LinuxCode.create(segments, entry);
        int size = Math.addExact(code.length, image.limit());
        int padded = Math.addExact(size, UNIT - 1) & -UNIT;
        ByteBuffer file = ByteBuffer.allocate(padded).order(ByteOrder.LITTLE_ENDIAN);
        file.put(0, code).put(code.length, image, 0, image.limit());
        file.put(LinuxLayout.SETUP_SECTORS, (byte) (LinuxLayout.SETUP_SIZE / SECTOR_SIZE - 1));
        file.putInt(LinuxLayout.SYSTEM_SIZE, (padded - LinuxLayout.SETUP_SIZE) / UNIT);
        file.putShort(LinuxLayout.BOOT_FLAG, (short) LinuxLayout.BOOT_FLAG_VALUE);
        jump(file);
        file.putInt(LinuxLayout.MAGIC, LinuxLayout.MAGIC_VALUE);
        file.putShort(LinuxLayout.VERSION, (short) LinuxLayout.VERSION_VALUE);
        file.put(LinuxLayout.LOAD_FLAGS, (byte) LinuxLayout.LOADED_HIGH);
        file.putInt(LinuxLayout.CODE_32_START, LinuxLayout.LOAD_ADDRESS);
        file.putInt(LinuxLayout.RAMDISK_LIMIT, Integer.MAX_VALUE);
        file.putInt(LinuxLayout.KERNEL_ALIGNMENT, LARGE_PAGE);
        file.putShort(LinuxLayout.EXTENDED_FLAGS, (short) LinuxLayout.HAS_64_BIT_ENTRY);
        file.putInt(LinuxLayout.COMMAND_LINE_SIZE, LinuxLayout.LONGEST_COMMAND_LINE);
        file.putInt(LinuxLayout.PAYLOAD_OFFSET, LinuxLayout.IMAGE_OFFSET);
        file.putInt(LinuxLayout.PAYLOAD_SIZE, image.limit());
        file.putLong(LinuxLayout.PREFERRED_ADDRESS, LinuxLayout.LOAD_ADDRESS);
        long end = Math.max(segments.getLast().end(), loadedEnd(image));
        file.putInt(LinuxLayout.INITIAL_SIZE, (int) (end - LinuxLayout.LOAD_ADDRESS));
        return file;
    }

    /** Over the header: short, and then to where there is room. */
    private static void jump(ByteBuffer file) {
        int landing = LinuxLayout.HEADER_END;
        file.put(LinuxLayout.JUMP, (byte) 0xEB);
        file.put(LinuxLayout.JUMP + 1, (byte) (landing - LinuxLayout.JUMP - 2));
        file.put(landing, (byte) 0xE9);
        file.putShort(landing + 1, (short) (LinuxLayout.SETUP_CODE - landing - 3));
    }

    private static long loadedEnd(ByteBuffer image) {
        return (long) LinuxLayout.LOAD_ADDRESS + LinuxLayout.IMAGE_OFFSET + image.limit();
    }

    private static void requireLoadable(ByteBuffer image, List<KernelSegment> segments) {
        if (segments.isEmpty() || segments.size() > MOST_SEGMENTS) {
            throw new IllegalArgumentException(segments.size() + " segments");
        }
        long shift = LinuxLayout.LOAD_ADDRESS + LinuxLayout.IMAGE_OFFSET;
        long end = 0;
        long offsetEnd = 0;
        for (KernelSegment segment : segments) {
            // In the same order in file and memory, none can be moved over what is still to move.
            if (segment.address() < Math.max(end, shift + segment.offset())
                    || segment.offset() < offsetEnd
                    || segment.fileSize() < 0
                    || segment.fileSize() > segment.memorySize()
                    || segment.fileSize() > image.limit() - segment.offset()
                    || segment.memorySize() >>> Integer.SIZE != 0) {
                throw new IllegalArgumentException("cannot be loaded: " + segment);
            }
            end = segment.end();
            offsetEnd = segment.offset() + segment.fileSize();
        }
        if (end >>> Integer.SIZE != 0) {
            throw new IllegalArgumentException("beyond 4 GiB: 0x" + Long.toHexString(end));
        }
    }
}
