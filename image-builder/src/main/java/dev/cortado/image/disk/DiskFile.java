package dev.cortado.image.disk;

import dev.cortado.image.UserError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file that is a guest's disk.
 *
 * @param size bytes that it gets if it is not there; none if it has to be
 * @param serialNumber by which the guest can tell it from others
 */
public record DiskFile(
        Path file, Optional<Long> size, boolean readOnly, Optional<String> serialNumber) {
    private static final String SERIAL = "serial=";

    /** What a virtio device has room for (VIRTIO 1.2, 5.2.6). */
    private static final int MOST_SERIAL_BYTES = 20;

    /**
     * Understands {@code data.img}, {@code new.qcow2:10G}, {@code data.img,readonly} and {@code
     * data.img,serial=NAME}.
     *
     * @throws UserError if it is something else
     */
    public static DiskFile parse(String word) {
        List<String> parts = List.of(word.split(",", -1));
        boolean readOnly = false;
        Optional<String> serial = Optional.empty();
        for (String option : parts.subList(1, parts.size())) {
            if (option.equals("readonly")) {
                readOnly = true;
            } else if (option.startsWith(SERIAL)) {
                serial = Optional.of(serial(word, option.substring(SERIAL.length())));
            } else {
                throw new UserError(
                        "--disk %s: \"%s\" is no option of a disk; there are readonly and serial=NAME"
                                .formatted(word, option));
            }
        }
        String file = parts.getFirst();
        Optional<Long> size = Optional.empty();
        int colon = file.lastIndexOf(':');
        if (colon > 0) {
            size = DiskSize.find(file.substring(colon + 1));
            file = size.isPresent() ? file.substring(0, colon) : file;
        }
        if (file.isBlank()) {
            throw new UserError("--disk %s names no file".formatted(word));
        }
        try {
            return new DiskFile(Path.of(file), size, readOnly, serial);
        } catch (InvalidPathException e) {
            throw new UserError("--disk %s: %s".formatted(word, e.getMessage()), e);
        }
    }

    private static String serial(String word, String serial) {
        boolean fits =
                !serial.isEmpty()
                        && serial.length() <= MOST_SERIAL_BYTES
                        && StandardCharsets.US_ASCII.newEncoder().canEncode(serial)
                        && serial.chars().noneMatch(Character::isISOControl);
        if (!fits || !serial.strip().equals(serial)) {
            throw new UserError(
                    "--disk %s: a serial number has 1 to %d letters, digits and the like"
                            .formatted(word, MOST_SERIAL_BYTES));
        }
        return serial;
    }

    /**
     * Makes the file if it is to be made, and sees that it can be used.
     *
     * @throws UserError if it cannot
     */
    void prepare() {
        if (!Files.exists(file)) {
            long bytes =
                    size.orElseThrow(() ->
                            new UserError(
                                    "there is no disk %s: name one that is there, or write --disk %s:10G to make an empty one"
                                            .formatted(file, file)));
            EmptyDisk.create(file, DiskFormat.named(file), bytes);
        }
        format();
        if (!readOnly && !Files.isWritable(file)) {
            throw new UserError(
                    "the disk %s cannot be written: write --disk %s,readonly if it is only to be read"
                            .formatted(file, file));
        }
    }

    /** As the file itself says. */
    public DiskFormat format() {
        return DiskFormat.of(file);
    }
}
