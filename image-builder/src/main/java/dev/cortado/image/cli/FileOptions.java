package dev.cortado.image.cli;

import dev.cortado.image.files.WantedDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options about files that are part of an image. */
final class FileOptions {
    @Option(
            names = "--files",
            paramLabel = "DIR[=PATH]",
            description =
                    "A directory that becomes part of the image, with all that is in it: the guest"
                            + " has it at PATH, to be read. Default: /NAME, where a program finds it"
                            + " by the same relative path as one that is started beside DIR. Can be"
                            + " repeated.")
    private List<String> files = new ArrayList<>();

    List<WantedDirectory> wanted() {
        return files.stream().map(each -> WantedDirectory.parse(each, Path.of(""))).toList();
    }
}
