package dev.cortado.image.inspect;

import dev.cortado.image.image.ImageFile;
import java.nio.file.Path;

/** Looks into an image. */
public final class Inspector {

    /**
     * Reads {@code image} and the files beside it.
     *
     * @throws dev.cortado.image.UserError if one of them cannot be read, is damaged or is something
     *     else
     */
    public Inspection inspect(Path image) {
        return new Inspection(ImageFile.read(image), SizesReader.read(image));
    }
}
