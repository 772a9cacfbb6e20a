package dev.cortado.system.guest.configuration;

import java.io.IOException;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Says what it was told when it was started. */
public final class ConfigurationProgram {
    private static final String PROPERTIES = "test.";
    private static final Path FILES = Path.of("/etc");

    private ConfigurationProgram() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println("arguments " + List.of(arguments));
        for (String name : new TreeSet<>(System.getProperties().stringPropertyNames())) {
            if (name.startsWith(PROPERTIES)) {
                System.out.println("property " + name + "=" + System.getProperty(name));
            }
        }
        new TreeMap<>(System.getenv())
                .forEach((name, value) -> System.out.println("variable " + name + "=" + value));
        if (Files.exists(FILES)) {
            files();
        }
        NetworkInterface card = NetworkInterface.getByName("eth0");
        if (card != null) {
            for (InterfaceAddress each : card.getInterfaceAddresses()) {
                String address = each.getAddress().getHostAddress();
                System.out.println("address " + address + "/" + each.getNetworkPrefixLength());
            }
        }
        System.out.println("end");
    }

    private static void files() throws IOException {
        try (Stream<Path> all = Files.walk(FILES)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String permissions =
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                System.out.println(
                        "file " + file + " " + permissions + " " + Files.readString(file).strip());
            }
        }
    }
}
