package dev.cortado.system.xen.lab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The shared libraries of an unpacked system, and which of them its programs need. */
final class SharedLibraries {
    /**
     * Fields of ELF-64's header, program header and dynamic section; "ELF-64 Object File Format".
     */
    private static final int E_PHOFF = 32;

    private static final int E_PHENTSIZE = 54;
    private static final int E_PHNUM = 56;
    private static final int P_TYPE = 0;
    private static final int P_OFFSET = 8;
    private static final int P_VADDR = 16;
    private static final int P_FILESZ = 32;
    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final int DT_NEEDED = 1;
    private static final int DT_STRTAB = 5;
    private static final int DYNAMIC_ENTRY = 16;
    private static final int ELF_MAGIC = 0x464c457f;

    private final Map<String, Path> files;

    /** Those anywhere below these directories; the first directory with one counts. */
    SharedLibraries(Path... roots) throws IOException {
        files = new TreeMap<>();
        for (Path root : roots) {
            try (Stream<Path> all = Files.walk(root)) {
                Map<String, Path> found =
                        all.filter(SharedLibraries::isLibrary)
                                .filter(Files::isRegularFile)
                                .collect(
                                        Collectors.toMap(
                                                file -> file.getFileName().toString(),
                                                Function.identity(),
                                                (one, other) -> one));
                found.forEach(files::putIfAbsent);
            }
        }
    }

    /** The files of all that these programs need, by the name under which it is looked up. */
    SortedMap<String, Path> neededBy(Collection<Path> programs) throws IOException {
        SortedMap<String, Path> needed = new TreeMap<>();
        Deque<Path> rest = new ArrayDeque<>(programs);
        // Nobody names it: pthread_cancel loads it when it is called.
        needed.put("libgcc_s.so.1", file("libgcc_s.so.1"));
        while (!rest.isEmpty()) {
            for (String name : names(rest.remove())) {
                if (!needed.containsKey(name)) {
                    needed.put(name, file(name));
                    rest.add(file(name));
                }
            }
        }
        return needed;
    }

    private Path file(String name) {
        Path file = files.get(name);
        if (file == null) {
            throw new IllegalStateException("no package has " + name);
        }
        return file;
    }

    private static boolean isLibrary(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".so") || name.contains(".so.");
    }

    /** What a program or library names as needed; nothing for a file that is neither. */
    static List<String> names(Path file) throws IOException {
        ByteBuffer elf = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<String> names = new ArrayList<>();
        if (elf.capacity() < Integer.BYTES || elf.getInt(0) != ELF_MAGIC) {
            return names;
        }
        int dynamic = header(elf, PT_DYNAMIC, -1);
        if (dynamic < 0) {
            return names;
        }
        int from = (int) elf.getLong(dynamic + P_OFFSET);
        int to = from + (int) elf.getLong(dynamic + P_FILESZ);
        int strings = 0;
        for (int entry = from; entry < to; entry += DYNAMIC_ENTRY) {
            if (elf.getLong(entry) == DT_STRTAB) {
                long address = elf.getLong(entry + Long.BYTES);
                int load = header(elf, PT_LOAD, address);
                strings =
                        (int)
                                (address
                                        - elf.getLong(load + P_VADDR)
                                        + elf.getLong(load + P_OFFSET));
            }
        }
        for (int entry = from; entry < to; entry += DYNAMIC_ENTRY) {
            if (elf.getLong(entry) == DT_NEEDED) {
                names.add(string(elf, strings + (int) elf.getLong(entry + Long.BYTES)));
            }
        }
        return names;
    }

    /** The program header of a type, with an address in it unless that is negative. */
    private static int header(ByteBuffer elf, int type, long address) {
        int count = elf.getShort(E_PHNUM);
        for (int i = 0; i < count; i++) {
            int at = (int) elf.getLong(E_PHOFF) + i * elf.getShort(E_PHENTSIZE);
            long offset = address - elf.getLong(at + P_VADDR);
            boolean contains = offset >= 0 && offset < elf.getLong(at + P_FILESZ);
            if (elf.getInt(at + P_TYPE) == type && (address < 0 || contains)) {
                return at;
            }
        }
        return -1;
    }

    private static String string(ByteBuffer elf, int from) {
        int to = from;
        while (elf.get(to) != 0) {
            to++;
        }
        return new String(elf.array(), from, to - from, StandardCharsets.US_ASCII);
    }
}
