package dev.cortado.image.inspect;

import dev.cortado.image.image.ImageFile;

/** All that is known of an image: what is in it, and the sizes that its build left beside it. */
public record Inspection(ImageFile image, Sizes sizes) {}
