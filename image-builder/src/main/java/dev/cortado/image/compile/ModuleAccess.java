package dev.cortado.image.compile;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The {@code --add-exports} and {@code --add-opens} options without which the compiler, made for a
 * JDK that knows it, does not work on a stock JDK. They are computed from the module descriptors of
 * that JDK and of the compiler's jars.
 */
final class ModuleAccess {
    static final String COMPILER_MODULE = "jdk.graal.compiler";

    /** Modules of the JDK whose internals the compiler uses. */
    private static final List<String> OPENED_JDK_MODULES =
            List.of(
                    "java.base",
                    "java.logging",
                    "java.management",
                    "java.rmi",
                    "java.security.jgss",
                    "java.security.sasl",
                    "java.xml",
                    "jdk.internal.vm.ci",
                    "jdk.jdeps",
                    "jdk.jfr",
                    "jdk.management",
                    "jdk.zipfs");

    private final Map<String, Path> compilerModules = new TreeMap<>();
    private final List<ModuleDescriptor> descriptors = new ArrayList<>();

    /**
     * @throws IOException if a jar is not a module or cannot be read
     */
    ModuleAccess(List<Path> compilerJars) throws IOException {
        try {
            for (Path jar : compilerJars) {
                for (ModuleReference module : ModuleFinder.of(jar).findAll()) {
                    compilerModules.put(module.descriptor().name(), jar);
                    descriptors.add(module.descriptor());
                }
            }
        } catch (FindException e) {
            throw new IOException("a compiler jar cannot be read: " + e.getMessage(), e);
        }
        if (!compilerModules.containsKey(COMPILER_MODULE)) {
            throw new IOException("the compiler jars lack the module " + COMPILER_MODULE);
        }
    }

    /** The jar of the compiler proper, which replaces the JDK's module of that name. */
    Path upgrade() {
        return compilerModules.get(COMPILER_MODULE);
    }

    /** All the other jars. */
    List<Path> modulePath() {
        return compilerModules.entrySet().stream()
                .filter(module -> !module.getKey().equals(COMPILER_MODULE))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** All jars, by the names of their modules. */
    Map<String, Path> jars() {
        return compilerModules;
    }

    /** The options, for an argument file. */
    List<String> options(Path javaHome) throws IOException {
        List<String> options = new ArrayList<>();
        for (ModuleDescriptor module : descriptors) {
            open(options, module, "ALL-UNNAMED");
        }
        String compiler =
                compilerModules.keySet().stream()
                        .collect(Collectors.joining(",", "", ",ALL-UNNAMED"));
        for (ModuleDescriptor module : jdkModules(javaHome)) {
            open(options, module, compiler);
        }
        return options;
    }

    private static List<ModuleDescriptor> jdkModules(Path javaHome) throws IOException {
        Map<String, String> home = Map.of("java.home", javaHome.toString());
        List<ModuleDescriptor> modules = new ArrayList<>();
        try (FileSystem jrt = FileSystems.newFileSystem(URI.create("jrt:/"), home)) {
            for (String name : OPENED_JDK_MODULES) {
                Path descriptor = jrt.getPath("modules", name, "module-info.class");
                if (!Files.exists(descriptor)) {
                    throw new IOException("the JDK at " + javaHome + " lacks the module " + name);
                }
                try (InputStream in = Files.newInputStream(descriptor)) {
                    modules.add(ModuleDescriptor.read(in));
                }
            }
        }
        return modules;
    }

    private static void open(List<String> options, ModuleDescriptor module, String to) {
        for (String packageName : new TreeSet<>(module.packages())) {
            String access = module.name() + "/" + packageName + "=" + to;
            options.addAll(List.of("--add-exports", access, "--add-opens", access));
        }
    }
}
