package dev.cortado.image.build;

import dev.cortado.image.compile.FakeJdk;
import dev.cortado.image.elf.TestObjectFile;
import dev.cortado.image.preflight.Compiled;
import dev.cortado.image.progress.ProgressEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A program and what builds images of it, with a shell script for the compiler. */
final class FakeBuild {
    final Path classes;
    final Path jdk;
    final List<ProgressEvent> events = new ArrayList<>();
    private final Path directory;
    private final Toolchain toolchain;

    /**
     * @param script what the compiler does beside making an object file: it writes a line of each
     *     call to {@code $calls}, and reports
     */
    FakeBuild(Path directory, String script) throws IOException {
        this.directory = directory;
        classes =
                Compiled.classes(
                        directory.resolve("classes"),
                        "package p; public class Main { public static void main(String[] a) {} }");
        Path object = TestObjectFile.write(directory.resolve("prepared.o"));
        jdk =
                FakeJdk.create(
                        directory.resolve("jdk"),
                        """
                        calls='%s'
                        mkdir temporary/SVM-1
                        cp '%s' temporary/SVM-1/app.o
                        %s
                        """
                                .formatted(directory.resolve("calls"), object, script));
        Path lib = directory.resolve("lib");
        FakeJdk.module(lib.resolve("compiler/a.jar"), "jdk.graal.compiler");
        FakeJdk.module(lib.resolve("overlay/o.jar"), "o");
        FakeJdk.module(lib.resolve("guest/g.jar"), "g");
        toolchain = Toolchain.in(lib);
    }

    BuildRequest.Builder request(Path image) {
        return BuildRequest.of(List.of(classes), "p.Main", image).jdk(jdk);
    }

    BuildResources resources() {
        return BuildResources.in(directory.resolve("cache"));
    }

    List<BuildReport> build(BuildRequest.Builder request, BuildResources resources) {
        return new ImageBuild(toolchain, resources, events::add).build(request.build());
    }

    /** What the compiler's script wrote, a line a call. */
    List<String> calls() throws IOException {
        return Files.readAllLines(directory.resolve("calls"));
    }

    List<String> phases() {
        return events.stream()
                .filter(ProgressEvent.Started.class::isInstance)
                .map(event -> ((ProgressEvent.Started) event).phase())
                .toList();
    }

    /** Names of what is in the directory {@code out}. */
    List<String> outputs() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("out"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
