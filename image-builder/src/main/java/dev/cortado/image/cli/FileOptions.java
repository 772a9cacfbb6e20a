package dev.cortado.image.cli;

import dev.cortado.image.build.JavaHomeFiles;
import dev.cortado.image.files.WantedDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    @Option(
            names = "--java-home",
            description =
                    "Put the files below java.home into the image that programs look for: those of"
                            + " a JDK's own in conf and lib/security, lib/tzdb.dat and release. A"
                            + " program whose own classes or libraries name the property java.home"
                            + " has them without a word.")
    private boolean javaHome;

    /** Adds to a build's properties what is in the image beside the directories. */
    Map<String, String> addTo(Map<String, String> defines) {
        return JavaHomeFiles.addTo(defines, javaHome);
    }

    List<WantedDirectory> wanted() {
        return files.stream().map(each -> WantedDirectory.parse(each, Path.of(""))).toList();
    }
}
