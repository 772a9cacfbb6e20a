package dev.cortado.image.image;

import dev.cortado.boot.layout.Target;
import java.nio.file.Path;

/** Writes guest images in one format. Equal images give equal bytes. */
public interface ImageWriter {

    /**
     * Writes {@code image} to {@code file}, which is there whole afterwards, or as it was before.
     *
     * @throws dev.cortado.image.UserError if the file cannot be written
     */
    void write(GuestImage image, Path file);

    /** The writer of what a target's machines start from. */
    static ImageWriter of(Target target) {
        return target.isDisk() ? new DiskImageWriter() : new ElfImageWriter();
    }
}
