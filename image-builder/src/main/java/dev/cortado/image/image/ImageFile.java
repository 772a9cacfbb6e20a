package dev.cortado.image.image;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.UserError;
import dev.cortado.image.elf.ElfBytes;
import dev.cortado.image.elf.ElfNote;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What an image file says of itself, read back and checked byte for byte against its checksums.
 *
 * @param file where it is
 * @param format what kind of file it is
 * @param size bytes of the file
 * @param segments in the order of the file
 * @param entryPoint address of the first instruction: physical, but virtual in an image for Xen PV
 * @param bootNotes notes for loaders
 * @param commandLine what the guest gets from a disk; elsewhere, its loader gives it one
 */
public record ImageFile(
        Path file,
        ImageFormat format,
        long size,
        List<LoadedSegment> segments,
        long entryPoint,
        List<ElfNote> bootNotes,
        Optional<String> commandLine,
        Manifest manifest) {
    /** None is larger. */
    public static final long MOST_BYTES = Integer.MAX_VALUE;

    public ImageFile {
        segments = List.copyOf(segments);
        bootNotes = List.copyOf(bootNotes);
    }

    /** Names of the ways in which it can be started. */
    public List<String> bootProtocols() {
        return switch (format) {
            case DISK -> Target.BARE.bootProtocols();
            case BZIMAGE -> Target.BZIMAGE.bootProtocols();
            case ELF -> BootNotes.protocols(bootNotes);
        };
    }

    /** The physical address after the last byte of the image in memory. */
    public long end() {
        return segments.stream()
                .mapToLong(segment -> segment.physicalAddress() + segment.memorySize())
                .max()
                .orElse(0);
    }

    /**
     * Reads {@code file}. What is allocated is bounded by the file's size, whatever is in it.
     *
     * @throws UserError if it cannot be read, is not an image of Cortado's, or is damaged
     */
    public static ImageFile read(Path file) {
        if (!Files.exists(file)) {
            throw new UserError("there is no image " + file + "; build it first");
        }
        if (!Files.isRegularFile(file)) {
            throw new UserError(file + " is not a file; name the image that was built");
        }
        try (FileChannel channel = FileChannel.open(file)) {
            return read(file, channel);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * The same for an image that is in another file.
     *
     * @param file as the image and errors name it
     * @param channel what to read instead
     */
    public static ImageFile read(Path file, FileChannel channel) {
        try (Arena arena = Arena.ofConfined()) {
            if (channel.size() > MOST_BYTES) {
                throw new UserError(file + " is larger than 2 GiB: it is no image of Cortado's");
            }
            var bytes = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena).asByteBuffer();
            ElfBytes checked = new ElfBytes(file.toString(), bytes);
            if (LinuxImageReader.isLinux(checked)) {
                return new LinuxImageReader(checked, bytes).read(file);
            }
            return DiskImageReader.isDisk(checked)
                    ? new DiskImageReader(checked, bytes).read(file)
                    : new ElfImageReader(checked, bytes).read(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** The same image, in a file of another size. */
    public ImageFile inFileOf(long bytes) {
        return new ImageFile(
                file, format, bytes, segments, entryPoint, bootNotes, commandLine, manifest);
    }

    private static UserError unreadable(Path file, IOException cause) {
        return new UserError("cannot read the image %s (%s)".formatted(file, cause), cause);
    }
}
