package dev.cortado.benchmarks;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is all that a Linux runs.
 *
 * @param name for files, and for people
 * @param javaModules of the JDK that it needs, as jlink takes them; empty if it is no Java program
 * @param executables of this machine that it needs, which are in /bin with the libraries that they
 *     are linked with in /lib
 * @param files directories of this machine, and files, by their places
 * @param texts other files, by their places
 * @param command that is the first process, after its devices are there
 */
record LinuxProgram(
        String name,
        String javaModules,
        List<Path> executables,
        Map<String, Path> files,
        Map<String, String> texts,
        LinuxDevices devices,
        String command) {

    /**
     * A Java program.
     *
     * @param classPath directories of classes, and jars
     */
    static LinuxProgram java(
            String mainClass,
            List<Path> classPath,
            String modules,
            List<String> options,
            List<String> arguments,
            LinuxDevices devices) {
        Map<String, Path> files = new TreeMap<>();
        List<String> places = new ArrayList<>();
        for (Path entry : classPath) {
            String place = "app/" + places.size();
            files.put(place, entry);
            places.add('/' + place);
        }
        String command =
                "/java/bin/java %s -Xshare:auto -cp %s %s %s"
                        .formatted(
                                String.join(" ", options),
                                String.join(":", places),
                                mainClass,
                                String.join(" ", arguments));
        return new LinuxProgram(mainClass, modules, List.of(), files, Map.of(), devices, command);
    }

    /** One with the compilers that a server has, and the serial collector. */
    static LinuxProgram server(
            String mainClass,
            List<Path> classPath,
            String modules,
            List<String> arguments,
            LinuxDevices devices) {
        return java(mainClass, classPath, modules, List.of("-XX:+UseSerialGC"), arguments, devices);
    }

    /** A program of this machine. */
    static LinuxProgram of(
            Path executable, String arguments, Map<String, String> texts, LinuxDevices devices) {
        String name = executable.getFileName().toString();
        return new LinuxProgram(
                name,
                "",
                List.of(executable),
                Map.of(),
                texts,
                devices,
                "/bin/" + name + ' ' + arguments);
    }

    boolean isJava() {
        return !javaModules.isEmpty();
    }

    /** Those that the texts are in, each after the one that it is in. */
    Set<String> directories() {
        Set<String> directories = new TreeSet<>();
        for (String place : texts.keySet()) {
            for (int end = place.indexOf('/'); end > 0; end = place.indexOf('/', end + 1)) {
                directories.add(place.substring(0, end));
            }
        }
        return directories;
    }

    /** The shell script that is the first process. */
    byte[] init() {
        return """
        #!/bin/sh
        busybox mount -t proc proc /proc
        busybox mount -t devtmpfs dev /dev
        %sexport LD_LIBRARY_PATH=/lib
        exec %s
        """
                .formatted(devices.setUp(), command)
                .getBytes(StandardCharsets.UTF_8);
    }
}
