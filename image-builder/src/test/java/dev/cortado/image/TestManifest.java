package dev.cortado.image;

import dev.cortado.image.image.ImageFile;
import dev.cortado.image.image.ImageFormat;
import dev.cortado.image.image.Manifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@link TestObjects#MANIFEST} with something else in it. */
public final class TestManifest {
    private List<String> targets = TestObjects.MANIFEST.targets();
    private List<Manifest.Driver> drivers = TestObjects.MANIFEST.drivers();
    private List<String> options = TestObjects.MANIFEST.options();

    public TestManifest target(String word) {
        targets = List.of(word);
        return this;
    }

    /** It has these drivers only. */
    public TestManifest drivers(String... names) {
        drivers =
                Stream.of(names)
                        .map(name -> new Manifest.Driver(name, "a test", List.of()))
                        .toList();
        return this;
    }

    public TestManifest options(List<String> all) {
        options = all;
        return this;
    }

    public Manifest build() {
        Manifest usual = TestObjects.MANIFEST;
        return new Manifest(
                usual.cortado(),
                usual.jdk(),
                usual.graalvm(),
                usual.mainClass(),
                targets,
                usual.bootProtocols(),
                drivers,
                usual.natives(),
                usual.files(),
                options,
                usual.jars(),
                usual.licences());
    }

    /** An image of which nothing else is known; there is no such file. */
    public ImageFile image(Path file, ImageFormat format) {
        return new ImageFile(file, format, 1, List.of(), 0, List.of(), Optional.empty(), build());
    }
}
