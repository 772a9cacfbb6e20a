package dev.cortado.image.compile.patch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Writes the changed classes, and what they call, into a directory for each module. */
public final class PatchedModules {
    /** Classes of ours that belong into a module of the JDK; they are resources of this package. */
    private static final Map<String, List<String>> HOOKS =
            Map.of(
                    Patch.BASE,
                    List.of(
                            "java/lang/ProgramLibraries",
                            "java/lang/StableIdentity",
                            "java/lang/StableIteration",
                            "java/lang/StableMethods",
                            "java/lang/StableMethods$ByName",
                            "java/lang/StableReferences",
                            "java/lang/StableReferences$Kept",
                            "sun/nio/ch/ReadyPort",
                            "sun/nio/ch/ReadyPort$Event",
                            "sun/nio/ch/ReadyPort$Watch",
                            "sun/nio/ch/ReadySelector",
                            "sun/nio/fs/TreeWatchService",
                            "sun/nio/fs/TreeWatchService$Delivery",
                            "sun/nio/fs/TreeWatchService$Key"),
                    Patch.JVMCI,
                    List.of(
                            "jdk/vm/ci/hotspot/StableMethods",
                            "jdk/vm/ci/hotspot/StableMethods$ByName"));

    private final Path directory;
    private final Path javaHome;
    private final Map<String, Path> jars;
    private final Map<String, Path> written = new TreeMap<>();

    /**
     * @param directory to write to
     * @param javaHome of the JDK that compiles
     * @param jars the compiler's, by the names of their modules
     */
    public PatchedModules(Path directory, Path javaHome, Map<String, Path> jars) {
        this.directory = directory;
        this.javaHome = javaHome;
        this.jars = Map.copyOf(jars);
    }

    /**
     * Writes all of them; of a compiler's module that {@code jars} lacks, none.
     *
     * @return the directory to patch into each module
     * @throws IOException if a class is missing or is not the one that its patch is made for
     */
    public Map<String, Path> write() throws IOException {
        for (Map.Entry<String, List<String>> module : HOOKS.entrySet()) {
            for (String type : module.getValue()) {
                write(module.getKey(), type, hook(module.getKey(), type));
            }
        }
        Map<String, String> home = Map.of("java.home", javaHome.toString());
        try (FileSystem jdk = FileSystems.newFileSystem(URI.create("jrt:/"), home)) {
            for (Patch patch : PatchTable.all()) {
                if (patch.isOfJdk() || jars.containsKey(patch.module())) {
                    write(patch.module(), patch.type(), PatchedClass.of(patch, read(patch, jdk)));
                }
            }
        }
        return Map.copyOf(written);
    }

    private byte[] read(Patch patch, FileSystem jdk) throws IOException {
        String file = patch.type() + ".class";
        Path own = directory.resolve(patch.module()).resolve(file);
        if (Files.exists(own)) {
            return Files.readAllBytes(own);
        }
        if (patch.isOfJdk()) {
            return Files.readAllBytes(jdk.getPath("modules", patch.module(), file));
        }
        try (ZipFile jar = new ZipFile(jars.get(patch.module()).toFile())) {
            ZipEntry entry = jar.getEntry(file);
            if (entry == null) {
                throw new IOException("%s has no class %s".formatted(jar.getName(), patch.type()));
            }
            return jar.getInputStream(entry).readAllBytes();
        }
    }

    private static byte[] hook(String module, String type) throws IOException {
        String resource = module + "/" + type + ".class";
        try (InputStream in = PatchedModules.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("this installation of Cortado lacks " + resource);
            }
            return in.readAllBytes();
        }
    }

    private void write(String module, String type, byte[] contents) throws IOException {
        Path root = directory.resolve(module);
        Path file = root.resolve(type + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, contents);
        written.put(module, root);
    }
}
