package dev.cortado.image.inspect;

import dev.cortado.image.image.ImageFile;
import java.util.List;

/**
 * All that is known of an image: what is in it, and the sizes that its build left beside it.
 *
 * @param containers formats of the files that it is in, the outermost first
 */
public record Inspection(ImageFile image, List<String> containers, Sizes sizes) {
    public Inspection {
        containers = List.copyOf(containers);
    }
}
