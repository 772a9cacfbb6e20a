package dev.cortado.image.build;

import dev.cortado.image.image.SideFiles;
import java.nio.file.Path;
import java.util.List;

/**
 * The files that a build writes.
 *
 * @param image the bootable image
 * @param debug its symbols and line numbers, for gdb
 * @param sizes what takes how much room in it, if the guest's features have reported that
 */
record Outputs(Path image, Path debug, Path sizes) {

    static Outputs of(Path image) {
        return new Outputs(image, SideFiles.debug(image), SideFiles.sizes(image));
    }

    List<Path> all() {
        return List.of(image, debug, sizes);
    }
}
