package dev.cortado.image.build;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.UserError;
import dev.cortado.image.classpath.ClassPathElement;
import dev.cortado.image.compile.BuilderArguments;
import dev.cortado.image.compile.CompileRequest;
import dev.cortado.image.compile.CompileResult;
import dev.cortado.image.compile.Compiler;
import dev.cortado.image.compile.Jdk;
import dev.cortado.image.compile.NativeImageMetadata;
import dev.cortado.image.compile.NativeImageOptions;
import dev.cortado.image.compile.OptionTable;
import dev.cortado.image.files.ListedDirectory;
import dev.cortado.image.metadata.LibraryMetadata;
import dev.cortado.image.names.NamesInCode;
import dev.cortado.image.progress.ProgressEvent;
import dev.cortado.image.progress.ProgressListener;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Compiles a program together with kernel and drivers for one target. */
final class CompileStep {
    private static final String PLATFORM = "dev.cortado.kernel.substrate.CortadoPlatform";

    /** The guest's features look there for variables. */
    private static final String ENVIRONMENT = "cortado.environment";

    /** Where the user is: names of files in options are relative to it. */
    private static final Path DIRECTORY = Path.of("").toAbsolutePath();

    private final Toolchain toolchain;
    private final BuildResources resources;
    private final ProgressListener listener;

    CompileStep(Toolchain toolchain, BuildResources resources, ProgressListener listener) {
        this.toolchain = toolchain;
        this.resources = resources;
        this.listener = listener;
    }

    /**
     * @param program what is to be compiled
     * @param target whose kernel it is, see {@link Target#kernel}
     * @param inputs names the result: a hash over all that it is made from
     * @param phase what the listener is told
     * @param work a temporary directory
     */
    CompileResult run(
            BuildRequest request,
            Program program,
            Jdk jdk,
            Target target,
            String inputs,
            String phase,
            Path work)
            throws IOException {
        CompiledBefore before = new CompiledBefore(resources.results(), listener);
        Optional<CompileResult> found = before.find(inputs, work.resolve("cached"));
        if (found.isPresent()) {
            return listener.phase(phase + ": found in the cache", found::get);
        }
        CompileResult made = compile(request, program, jdk, target, inputs, phase, work);
        before.keep(inputs, made, work.resolve("kept"));
        return made;
    }

    private CompileResult compile(
            BuildRequest request,
            Program program,
            Jdk jdk,
            Target target,
            String inputs,
            String phase,
            Path work)
            throws IOException {
        LibraryMetadata known =
                request.libraryMetadata()
                        ? LibraryMetadata.of(program.unpacked().elements(), work)
                        : LibraryMetadata.none();
        List<ClassPathElement> classPath = new ArrayList<>(program.unpacked().elements());
        known.added().ifPresent(classPath::add);
        toolchain.guest().forEach(jar -> classPath.add(ClassPathElement.of(jar)));
        OptionTable table = OptionTable.read(toolchain.compiler());
        BuilderArguments arguments =
                new NativeImageMetadata(table, DIRECTORY, listener)
                        .read(known.speaking(classPath))
                        .and(named(NamesInCode.of(program.unpacked().elements())))
                        .and(files(program.files(), work))
                        .and(extraArguments(request, table));
        CompileRequest compile =
                new CompileRequest(
                        jdk,
                        toolchain.compiler(),
                        toolchain.overlay(),
                        PLATFORM,
                        classPath.stream().map(element -> element.path().toAbsolutePath()).toList(),
                        request.mainClass(),
                        // It becomes the name of a file.
                        request.name().replaceAll("[^A-Za-z0-9._-]", "_"),
                        request.optimization(),
                        target,
                        arguments.jvm(),
                        arguments.builder(),
                        UUID.nameUUIDFromBytes(inputs.getBytes()),
                        request.threads(),
                        resources.heapBytes(),
                        Files.createDirectory(work.resolve("compile")));
        try (Closeable share = share()) {
            return listener.phase(phase, () -> compile(compile, work.getParent()));
        }
    }

    private CompileResult compile(CompileRequest request, Path output) {
        try {
            return new Compiler(listener).compile(request);
        } catch (IOException e) {
            throw WriteFailure.of(output, e);
        }
    }

    /** That builds cannot tell each other what they take ends none. */
    private Closeable share() throws IOException {
        try {
            return resources.share(this::tellOfWait);
        } catch (IOException e) {
            listener.warn("other builds cannot be told how much memory this one takes: " + e);
            return () -> {};
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for other builds", e);
        }
    }

    private void tellOfWait() {
        listener.on(new ProgressEvent.Started("Waiting until other builds leave enough memory"));
    }

    /** The runtime's features know what to do with the properties. */
    private static BuilderArguments named(NamesInCode names) {
        List<String> builder =
                names.locales().isEmpty()
                        ? List.of()
                        : List.of("-H:IncludeLocales=" + String.join(",", names.locales()));
        return new BuilderArguments(
                List.of(
                        "-Dcortado.charsets=" + String.join(",", names.charsets()),
                        "-Dcortado.named.classes=" + classes(names),
                        "-Dcortado.start.times=" + String.join(",", names.startTimes()),
                        "-Dcortado.enum.readers=" + String.join(",", names.enumReaders()),
                        "-Dcortado.java.home.readers=" + String.join(",", names.homeReaders())),
                builder);
    }

    /** Words of a class and one that it names, with a colon between them. */
    private static String classes(NamesInCode names) {
        return names.classes().entrySet().stream()
                .flatMap(user -> user.getValue().stream().map(named -> user.getKey() + ":" + named))
                .collect(Collectors.joining(","));
    }

    /** The runtime's feature reads the directories that are listed. */
    private static BuilderArguments files(List<ListedDirectory> files, Path work)
            throws IOException {
        if (files.isEmpty()) {
            return new BuilderArguments(List.of(), List.of());
        }
        Path listing = work.resolve("files").toAbsolutePath();
        ListedDirectory.write(files, listing);
        return new BuilderArguments(List.of("-Dcortado.files=" + listing), List.of());
    }

    private static BuilderArguments extraArguments(BuildRequest request, OptionTable table)
            throws IOException {
        List<String> options = new ArrayList<>();
        request.defines().forEach((key, value) -> options.add("-D" + key + "=" + value));
        if (!request.environment().isEmpty()) {
            options.add("-D" + ENVIRONMENT + "=" + request.environment().encoded());
        }
        options.addAll(request.compilerArguments());
        return NativeImageOptions.translate(
                options,
                table,
                DIRECTORY,
                (option, reason) -> {
                    throw new UserError("compiler argument \"%s\": %s".formatted(option, reason));
                });
    }
}
