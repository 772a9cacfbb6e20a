package dev.cortado.image.inspect;

import dev.cortado.image.image.ImageFile;

/** All that is known of an image: what is in it, and the sizes that its build left beside it. */
public record Inspection(ImageFile image, Sizes sizes) {
    /** How the file's format is called. */
    public static final String FORMAT = "elf64-x86_64";
}
