package dev.cortado.image.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A JDK whose {@code java} command is a shell script, and compiler jars to go with it. */
public final class FakeJdk {
    private FakeJdk() {}

    /** Makes a JDK of release 25 in {@code home}. */
    public static Path create(Path home, String script) throws IOException {
        return create(home, "25.0.9", script);
    }

    static Path create(Path home, String version, String script) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        // The modules are the real ones: the compiler step reads their descriptors.
        Path real = Path.of(System.getProperty("java.home"), "lib");
        Files.createSymbolicLink(home.resolve("lib"), real);
        Files.writeString(
                home.resolve("release"),
                "JAVA_VERSION=\"%s\"\nJAVA_RUNTIME_VERSION=\"%s+1\"\nIMPLEMENTOR=\"Test\"\n"
                        .formatted(version, version));
        executable(home.resolve("bin/java"), script);
        executable(home.resolve("bin/javac"), "exit 1");
        return home;
    }

    /** Makes a shell script that can be executed. */
    public static Path executable(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + file + " executable");
        }
        return file;
    }

    /** Makes a jar without classes that is a module of the given name. */
    public static Path module(Path jar, String name) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Automatic-Module-Name"), name);
        Files.createDirectories(jar.getParent());
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }
}
