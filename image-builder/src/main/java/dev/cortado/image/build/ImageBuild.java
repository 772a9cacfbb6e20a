package dev.cortado.image.build;

import dev.cortado.boot.layout.Target;
import dev.cortado.boot.object.RelocatableObject;
import dev.cortado.boot.stubs.BootObject;
import dev.cortado.image.UserError;
import dev.cortado.image.classpath.ClassPath;
import dev.cortado.image.compile.CompileResult;
import dev.cortado.image.compile.Jdk;
import dev.cortado.image.elf.ElfObjectReader;
import dev.cortado.image.files.ListedDirectory;
import dev.cortado.image.files.WantedDirectory;
import dev.cortado.image.image.GuestImage;
import dev.cortado.image.image.Manifest;
import dev.cortado.image.link.Linker;
import dev.cortado.image.preflight.Finding;
import dev.cortado.image.preflight.Preflight;
import dev.cortado.image.preflight.PreflightRequest;
import dev.cortado.image.progress.ProgressEvent;
import dev.cortado.image.progress.ProgressListener;
import dev.cortado.image.xen.ConfigurationFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Builds images: preflight, then compile, link and write for each target; targets with the same
 * kernel share a compile, which may be one that was made before, for another project or before a
 * {@code clean}. With one thread, the same inputs give the same bytes. What is made from inputs
 * that have not changed since the last time is left as it is.
 */
public final class ImageBuild {
    /** Written by the guest's features while the compiler runs; see SizesReader for its format. */
    private static final String SIZES = "sizes.json";

    private final Toolchain toolchain;
    private final BuildResources resources;
    private final ProgressListener listener;

    public ImageBuild(Toolchain toolchain, BuildResources resources, ProgressListener listener) {
        this.toolchain = toolchain;
        this.resources = resources;
        this.listener = listener;
    }

    /**
     * Builds the request's artifacts. Either all files of an artifact are in place when this
     * returns, or nothing has changed.
     *
     * @return a report for each artifact, in the request's order
     * @throws UserError if something is wrong that the user can mend
     */
    public List<BuildReport> build(BuildRequest request) {
        long start = System.nanoTime();
        requireSomethingToSign(request);
        FormatStep.require(request);
        Jdk jdk = request.jdk().map(Jdk::named).orElseGet(Jdk::find);
        ClassPath classPath = ClassPath.resolve(request.classPath());
        classPath.passedOver().forEach(this::passedOver);
        request.artifacts()
                .forEach(each -> WantedDirectory.requireOutside(request.files(), each.image()));
        List<ListedDirectory> files = ListedDirectory.of(request.files());
        Optional<String> common = hash(request, classPath, files, jdk);
        List<PendingArtifact> all = new ArrayList<>();
        Map<Target, List<PendingArtifact>> kernels = new LinkedHashMap<>();
        for (Artifact artifact : request.artifacts()) {
            PendingArtifact pending =
                    new PendingArtifact(artifact, common, request.secureBootKey());
            all.add(pending);
            if (!pending.isUpToDate()) {
                Target kernel = artifact.target().kernel();
                kernels.computeIfAbsent(kernel, key -> new ArrayList<>()).add(pending);
            }
        }
        Map<PendingArtifact, Duration> elapsed = new LinkedHashMap<>();
        if (!kernels.isEmpty()) {
            try (WorkDirectory unpacked = WorkDirectory.temporary()) {
                Program program = unpack(classPath, files, unpacked.path());
                preflight(request, program.unpacked());
                String inputs =
                        common.orElseThrow(() ->
                                new UserError(
                                        "the class path has changed while it was read: build"
                                                + " again"));
                kernels.forEach((kernel, artifacts) ->
                        make(
                                request,
                                program,
                                jdk,
                                Inputs.hash(inputs, kernel),
                                kernel,
                                artifacts,
                                elapsed));
            }
        }
        Duration check = Duration.ofNanos(System.nanoTime() - start);
        FormatStep formats = new FormatStep(request.formats(), listener);
        return all.stream().map(each -> finish(each, elapsed.get(each), check, formats)).toList();
    }

    private static void requireSomethingToSign(BuildRequest request) {
        boolean hasDisk =
                request.artifacts().stream().anyMatch(artifact -> artifact.target().isDisk());
        if (request.secureBootKey().isPresent() && !hasDisk) {
            throw new UserError(
                    "the key for secure boot signs disks, and none is built: add the target bare");
        }
    }

    /** Empty if something cannot be read; preflight then says what. */
    private Optional<String> hash(
            BuildRequest request, ClassPath classPath, List<ListedDirectory> files, Jdk jdk) {
        try {
            return Optional.of(Inputs.common(request, classPath, files, toolchain, jdk));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The {@code java} command says nothing; whoever looks for a reason asks for every detail. */
    private void passedOver(String what) {
        listener.on(new ProgressEvent.Output("class path: passed over " + what));
    }

    private static Program unpack(
            ClassPath classPath, List<ListedDirectory> files, Path directory) {
        try {
            return new Program(classPath, classPath.unpacked(directory), files);
        } catch (IOException e) {
            throw WriteFailure.of(directory, e);
        }
    }

    private void preflight(BuildRequest request, ClassPath program) {
        PreflightRequest check =
                new PreflightRequest(
                        program,
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

    /** Compiles a kernel with the program, and makes of it what is started with that kernel. */
    private void make(
            BuildRequest request,
            Program program,
            Jdk jdk,
            String inputs,
            Target kernel,
            List<PendingArtifact> artifacts,
            Map<PendingArtifact, Duration> elapsed) {
        long start = System.nanoTime();
        Path first = artifacts.getFirst().image();
        String targets =
                artifacts.stream()
                        .map(each -> each.artifact().target().word())
                        .collect(Collectors.joining(", "));
        try (WorkDirectory work = WorkDirectory.beside(first)) {
            CompileResult compiled =
                    new CompileStep(toolchain, resources, listener)
                            .run(
                                    request,
                                    program,
                                    jdk,
                                    kernel,
                                    inputs,
                                    phase("Compiling", request, targets),
                                    work.path());
            ManifestFactory.natives(compiled.reports()).stream()
                    .map(ImageBuild::warning)
                    .forEach(listener::warn);
            for (PendingArtifact pending : artifacts) {
                Target target = pending.artifact().target();
                var manifest =
                        ManifestFactory.create(
                                request, program, target, toolchain, jdk, compiled.reports());
                GuestImage image =
                        listener.phase(
                                phase("Linking", request, target.word()),
                                () -> {
                                    RelocatableObject object =
                                            new ElfObjectReader().read(compiled.object());
                                    return new Linker()
                                            .link(
                                                    object,
                                                    BootObject.create(kernel),
                                                    target.imageBase(),
                                                    manifest);
                                });
                pending.publish(image, compiled.reports().resolve(SIZES), work);
                elapsed.put(pending, Duration.ofNanos(System.nanoTime() - start));
            }
        } catch (IOException e) {
            throw WriteFailure.of(first.getParent(), e);
        }
    }

    private static String warning(Manifest.Native method) {
        String callers =
                method.callers().isEmpty()
                        ? "by reflection"
                        : "by " + String.join(", ", method.callers());
        return "nobody replaces the native method %s, called %s: a call of it will throw an"
                        .formatted(method.method(), callers)
                + " UnsatisfiedLinkError";
    }

    /** Says what for, where there is more than one. */
    private static String phase(String name, BuildRequest request, String targets) {
        return request.artifacts().size() == 1 ? name : name + " for " + targets;
    }

    /**
     * @param elapsed empty if there was nothing to make
     */
    private BuildReport finish(
            PendingArtifact pending, Duration elapsed, Duration check, FormatStep formats) {
        Artifact artifact = pending.artifact();
        try {
            long size = Files.size(pending.image());
            if (artifact.target().isXen()) {
                configure(artifact);
            }
            boolean upToDate = elapsed == null;
            Duration time = upToDate ? check : elapsed;
            return new BuildReport(artifact, size, upToDate, time, formats.run(artifact));
        } catch (IOException e) {
            throw new UserError(
                    "%s was removed while it was built: build again".formatted(pending.image()), e);
        }
    }

    private void configure(Artifact artifact) {
        var outcome = ConfigurationFile.write(artifact.image(), artifact.target());
        if (outcome == ConfigurationFile.Outcome.KEPT) {
            listener.warn(
                    "%s is not as Cortado wrote it, and stays as it is: delete it to get a new one"
                            .formatted(ConfigurationFile.beside(artifact.image())));
        }
    }
}
