package dev.cortado.image.inspect;

import dev.cortado.image.format.OpenedImage;
import dev.cortado.image.image.ImageFile;
import java.nio.file.Path;

/** Looks into an image. */
public final class Inspector {

    /**
     * Reads {@code image}, which may be in a file of any format, and the files beside it.
     *
     * @throws dev.cortado.image.UserError if one of them cannot be read, is damaged or is something
     *     else
     */
    public Inspection inspect(Path image) {
        try (OpenedImage opened = OpenedImage.open(image)) {
            ImageFile read = opened.read();
            return new Inspection(read, opened.containers(), SizesReader.read(image));
        }
    }
}
