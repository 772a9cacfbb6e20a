package dev.cortado.system.xen.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The modules of a Linux kernel, and what each needs to be loaded before it. */
final class KernelModules {
    private static final String SUFFIX = ".ko";
    private static final String DEPENDS = "\0depends=";

    private final Map<String, Path> files;

    KernelModules(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            files =
                    all.filter(file -> file.toString().endsWith(SUFFIX))
                            .collect(Collectors.toMap(KernelModules::name, Function.identity()));
        }
    }

    /** The files of these modules and of those that they need, in the order of loading. */
    Map<String, Path> inOrder(List<String> names) throws IOException {
        Map<String, Path> order = new LinkedHashMap<>();
        for (String name : names) {
            add(name, order);
        }
        return order;
    }

    private void add(String name, Map<String, Path> order) throws IOException {
        Path file = files.get(name);
        if (file == null) {
            throw new IllegalStateException("the kernel has no module " + name);
        }
        if (order.containsKey(name + SUFFIX)) {
            return;
        }
        String contents = Files.readString(file, StandardCharsets.ISO_8859_1);
        // Its section ".modinfo" consists of strings "key=value", each ended by a zero.
        int start = contents.indexOf(DEPENDS) + DEPENDS.length();
        for (String needed : contents.substring(start, contents.indexOf('\0', start)).split(",")) {
            if (!needed.isEmpty()) {
                add(canonical(needed), order);
            }
        }
        order.put(name + SUFFIX, file);
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return canonical(name.substring(0, name.length() - SUFFIX.length()));
    }

    private static String canonical(String name) {
        return name.replace('-', '_');
    }
}
