package dev.cortado.boot.linux;

import dev.cortado.boot.layout.KernelSegment;
import dev.cortado.boot.pe.PortableExecutable;
import dev.cortado.boot.uefi.UefiLoader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Puts header, code and an image together as {@link LinuxLayout} says. */
public final class LinuxImage {
    private static final int MOST_SEGMENTS = 16;

    /** The header counts in it. */
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
        byte[] setup = LinuxCode.create(segments, entry);
        int codeEnd = LinuxLayout.SETUP_SIZE + LinuxLayout.CODE_SIZE;
        byte[] code = Arrays.copyOfRange(setup, LinuxLayout.SETUP_SIZE, codeEnd);
        byte[] uefi = uefiCode(segments, entry);
        System.arraycopy(uefi, 0, code, LinuxLayout.UEFI_CODE, uefi.length);
        var executable = new PortableExecutable(code, LinuxLayout.UEFI_CODE, image.limit());
        ByteBuffer file = ByteBuffer.allocate(executable.size()).order(ByteOrder.LITTLE_ENDIAN);
        file.put(0, setup);
        header(file, segments, image.limit());
        executable.write(file);
        file.put(executable.payloadOffset(), image, 0, image.limit());
        return PortableExecutable.certified(file, new byte[0]);
    }

    private static byte[] uefiCode(List<KernelSegment> segments, long entry) {
        byte[] code =
                UefiLoader.forFile(
                        segments,
                        entry,
                        LinuxLayout.SETUP_SIZE + LinuxLayout.UEFI_CODE,
                        LinuxLayout.SETUP_SIZE + LinuxLayout.IMAGE_OFFSET);
        if (code.length > LinuxLayout.CODE_SIZE - LinuxLayout.UEFI_CODE) {
            throw new IllegalStateException(code.length + " bytes of code for UEFI");
        }
        return code;
    }

    private static void header(ByteBuffer file, List<KernelSegment> segments, int imageSize) {
        int loaded = file.limit() - LinuxLayout.SETUP_SIZE;
        file.put(LinuxLayout.SETUP_SECTORS, (byte) (LinuxLayout.SETUP_SIZE / SECTOR_SIZE - 1));
        file.putInt(LinuxLayout.SYSTEM_SIZE, loaded / UNIT);
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
        file.putInt(LinuxLayout.PAYLOAD_SIZE, imageSize);
        file.putLong(LinuxLayout.PREFERRED_ADDRESS, LinuxLayout.LOAD_ADDRESS);
        long end = Math.max(segments.getLast().end(), (long) LinuxLayout.LOAD_ADDRESS + loaded);
        file.putInt(LinuxLayout.INITIAL_SIZE, (int) (end - LinuxLayout.LOAD_ADDRESS));
    }

    /** Over the header: short, and then to where there is room. */
    private static void jump(ByteBuffer file) {
        int landing = LinuxLayout.HEADER_END;
        file.put(LinuxLayout.JUMP, (byte) 0xEB);
        file.put(LinuxLayout.JUMP + 1, (byte) (landing - LinuxLayout.JUMP - 2));
        file.put(landing, (byte) 0xE9);
        file.putShort(landing + 1, (short) (LinuxLayout.SETUP_CODE - landing - 3));
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
