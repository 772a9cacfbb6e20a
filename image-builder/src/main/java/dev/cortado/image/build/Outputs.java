package dev.cortado.image.build;

import dev.cortado.image.image.SideFiles;
import java.nio.file.Path;
import java.util.List;

/** The files that a build writes: the bootable image and those that go beside it. */
record Outputs(Path image, Path symbols, Path debug) {

    static Outputs of(Path image) {
        return new Outputs(image, SideFiles.symbols(image), SideFiles.debug(image));
    }

    List<Path> all() {
        return List.of(image, symbols, debug);
    }
}
