package dev.cortado.benchmarks;

import dev.cortado.system.TapNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A Java program that is all that a Linux runs.
 *
 * @param classPath directories of classes, and jars
 * @param modules of the JDK, as jlink takes them
 * @param kernelModules in the order in which they are loaded
 */
record LinuxProgram(
        String mainClass,
        List<Path> classPath,
        String modules,
        List<String> options,
        List<String> arguments,
        List<String> kernelModules) {
    private static final List<String> NETWORK_MODULES =
            List.of(
                    "failover",
                    "net_failover",
                    "virtio_ring",
                    "virtio",
                    "virtio_mmio",
                    "virtio_net");

    /** One that serves a network behind virtio over MMIO, with the compilers that a server has. */
    static LinuxProgram server(
            String mainClass, List<Path> classPath, String modules, List<String> arguments) {
        return new LinuxProgram(
                mainClass,
                classPath,
                modules,
                List.of("-XX:+UseSerialGC"),
                arguments,
                NETWORK_MODULES);
    }

    /** Where an entry of the class path is in the guest. */
    String place(int entry) {
        return "app/" + entry;
    }

    /** The shell script that is the first process. */
    String init() {
        String path =
                IntStream.range(0, classPath.size())
                        .mapToObj(i -> '/' + place(i))
                        .collect(Collectors.joining(":"));
        return """
        #!/bin/sh
        busybox mount -t proc proc /proc
        busybox mount -t devtmpfs dev /dev
        %sexport LD_LIBRARY_PATH=/lib
        exec /java/bin/java %s -Xshare:auto -cp %s %s %s
        """
                .formatted(
                        network(),
                        String.join(" ", options),
                        path,
                        mainClass,
                        String.join(" ", arguments));
    }

    private String network() {
        if (kernelModules.isEmpty()) {
            return "";
        }
        String load =
                kernelModules.stream()
                        .map(module -> "busybox insmod /lib/" + module + ".ko\n")
                        .collect(Collectors.joining());
        return load
                + "busybox ip link set lo up\n"
                + "busybox ip addr add "
                + TapNetwork.GUEST
                + "/24 dev eth0\n"
                + "busybox ip link set eth0 up\n";
    }
}
