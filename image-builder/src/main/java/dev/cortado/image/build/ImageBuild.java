package dev.cortado.image.build;

import dev.cortado.boot.object.RelocatableObject;
import dev.cortado.boot.stubs.BootObject;
import dev.cortado.image.UserError;
import dev.cortado.image.compile.BuilderArguments;
import dev.cortado.image.compile.CompileRequest;
import dev.cortado.image.compile.CompileResult;
import dev.cortado.image.compile.Compiler;
import dev.cortado.image.compile.Jdk;
import dev.cortado.image.compile.NativeImageMetadata;
import dev.cortado.image.compile.NativeImageOptions;
import dev.cortado.image.elf.ElfObjectReader;
import dev.cortado.image.image.ElfImageWriter;
import dev.cortado.image.image.GuestImage;
import dev.cortado.image.image.SideFiles;
import dev.cortado.image.link.Linker;
import dev.cortado.image.preflight.Finding;
import dev.cortado.image.preflight.Preflight;
import dev.cortado.image.preflight.PreflightRequest;
import dev.cortado.image.progress.ProgressListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Builds an image: preflight, compile, link, write. Meant to give the same bytes for the same
 * inputs (most of the time it does), and if they have not changed since the last time, nothing is
 * done.
 */
public final class ImageBuild {
    private static final String PLATFORM = "dev.cortado.kernel.substrate.CortadoPlatform";

    /** Written by the guest's features while the compiler runs; see SizesReader for its format. */
    private static final String SIZES = "sizes.json";

    private final Toolchain toolchain;
    private final ProgressListener listener;

    public ImageBuild(Toolchain toolchain, ProgressListener listener) {
        this.toolchain = toolchain;
        this.listener = listener;
    }

    /**
     * Builds the image. Either all files are in place when this returns, or nothing has changed.
     *
     * @throws UserError if something is wrong that the user can mend
     */
    public BuildReport build(BuildRequest request) {
        long start = System.nanoTime();
        Jdk jdk = request.jdk().map(Jdk::named).orElseGet(Jdk::find);
        Outputs outputs = Outputs.of(request.output().toAbsolutePath());
        BuildState state = new BuildState(outputs.image());
        Optional<String> known = hash(request, jdk);
        boolean upToDate = known.isPresent() && state.isUpToDate(known.get(), outputs.all());
        if (!upToDate) {
            preflight(request);
            String inputs =
                    known.orElseThrow(() ->
                            new UserError(
                                    "the class path has changed while it was read: build again"));
            try (WorkDirectory work = WorkDirectory.beside(outputs.image())) {
                make(request, jdk, inputs, work.path(), outputs, state);
            } catch (IOException e) {
                throw WriteFailure.of(outputs.image().getParent(), e);
            }
        }
        return report(outputs, upToDate, Duration.ofNanos(System.nanoTime() - start));
    }

    /** Empty if something cannot be read; preflight then says what. */
    private Optional<String> hash(BuildRequest request, Jdk jdk) {
        try {
            return Optional.of(Inputs.hash(request, toolchain, jdk));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void preflight(BuildRequest request) {
        PreflightRequest check =
                new PreflightRequest(
                        request.classPath(),
                        toolchain.guest(),
                        request.mainClass(),
                        request.ignoreNativeCode());
        List<Finding> findings = listener.phase("Checking", () -> new Preflight().check(check));
        findings.stream()
                .filter(finding -> finding.severity() == Finding.Severity.WARNING)
                .forEach(finding -> listener.warn(finding.toString()));
        String errors =
                findings.stream()
                        .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                        .map(Finding::toString)
                        .collect(Collectors.joining("\n"));
        if (!errors.isEmpty()) {
            throw new UserError(errors);
        }
    }

    private void make(
            BuildRequest request,
            Jdk jdk,
            String inputs,
            Path work,
            Outputs outputs,
            BuildState state)
            throws IOException {
        CompileResult compiled = compile(request, jdk, inputs, work);
        var manifest = ManifestFactory.create(request, toolchain, jdk, compiled.reports());
        GuestImage image =
                listener.phase(
                        "Linking",
                        () -> {
                            RelocatableObject object =
                                    new ElfObjectReader().read(compiled.object());
                            return new Linker()
                                    .link(object, BootObject.create(request.target()), manifest);
                        });
        Outputs made = Outputs.of(work.resolve(outputs.image().getFileName()));
        new ElfImageWriter().write(image, made.image());
        SideFiles.writeDebug(image, made.image());
        Path sizes = compiled.reports().resolve(SIZES);
        if (Files.exists(sizes)) {
            Files.move(sizes, made.sizes());
        }
        state.forget();
        for (int i = 0; i < made.all().size(); i++) {
            replace(made.all().get(i), outputs.all().get(i));
        }
        state.remember(inputs, outputs.all(), work.resolve("state"));
    }

    /** What this build has not made must not be left over from the one before. */
    private static void replace(Path made, Path output) throws IOException {
        if (Files.exists(made)) {
            WorkDirectory.publish(made, output);
        } else {
            Files.deleteIfExists(output);
        }
    }

    private CompileResult compile(BuildRequest request, Jdk jdk, String inputs, Path work)
            throws IOException {
        List<Path> classPath = new ArrayList<>(request.classPath());
        classPath.addAll(toolchain.guest());
        BuilderArguments arguments =
                new NativeImageMetadata(listener).read(classPath).and(extraArguments(request));
        CompileRequest compile =
                new CompileRequest(
                        jdk,
                        toolchain.compiler(),
                        toolchain.overlay(),
                        PLATFORM,
                        classPath.stream().map(Path::toAbsolutePath).toList(),
                        request.mainClass(),
                        // It becomes the name of a file.
                        request.name().replaceAll("[^A-Za-z0-9._-]", "_"),
                        request.optimization(),
                        request.target(),
                        arguments.jvm(),
                        arguments.builder(),
                        UUID.nameUUIDFromBytes(inputs.getBytes()),
                        Files.createDirectory(work.resolve("compile")));
        return listener.phase("Compiling", () -> compile(compile, work.getParent()));
    }

    private CompileResult compile(CompileRequest request, Path output) {
        try {
            return new Compiler(listener).compile(request);
        } catch (IOException e) {
            throw WriteFailure.of(output, e);
        }
    }

    private static BuilderArguments extraArguments(BuildRequest request) {
        List<String> options = new ArrayList<>();
        request.defines().forEach((key, value) -> options.add("-D" + key + "=" + value));
        options.addAll(request.compilerArguments());
        return NativeImageOptions.translate(
                options,
                option -> {
                    throw new UserError(
                            "--compiler-argument %s is not an option of native-image that Cortado"
                                            .formatted(option)
                                    + " knows: correct it, or use the builder's own notation"
                                    + " (-H:...)");
                });
    }

    private static BuildReport report(Outputs outputs, boolean upToDate, Duration elapsed) {
        try {
            long size = Files.size(outputs.image());
            return new BuildReport(outputs.image(), outputs.debug(), size, upToDate, elapsed);
        } catch (IOException e) {
            throw new UserError(
                    "%s was removed while it was built: build again".formatted(outputs.image()), e);
        }
    }
}
