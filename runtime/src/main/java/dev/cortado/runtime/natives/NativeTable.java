package dev.cortado.runtime.natives;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All native methods of the JDK's modules that an image can have, from {@code natives.txt} beside
 * this class. A line there is {@code class replacement name name... = reason}, and those after
 * {@code module name} are of that module.
 */
public final class NativeTable {
    private static final String RESOURCE = "natives.txt";
    private static final String MODULE = "module ";
    private static final String REASON = " = ";

    private final Map<String, NativeMethod> methods = new LinkedHashMap<>();

    private NativeTable() {}

    /** The table for this version of the JDK. */
    public static NativeTable load() {
        try (InputStream in = NativeTable.class.getResourceAsStream(RESOURCE)) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @throws IllegalArgumentException if a line is not as it should be; the message quotes it
     */
    static NativeTable parse(String text) {
        NativeTable table = new NativeTable();
        String module = "";
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.startsWith(MODULE)) {
                module = line.substring(MODULE.length());
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                table.add(module, line);
            }
        }
        return table;
    }

    private void add(String module, String line) {
        int equals = line.indexOf(REASON);
        String reason = equals < 0 ? "" : line.substring(equals + REASON.length()).strip();
        String[] words = (equals < 0 ? line : line.substring(0, equals)).split(" +");
        if (module.isEmpty() || words.length < 3) {
            throw new IllegalArgumentException("not a line of natives: " + line);
        }
        Replacement replacement = Replacement.of(words[1]);
        if (reason.isEmpty() == replacement.isMadeHere()) {
            throw new IllegalArgumentException("a reason too few or too many: " + line);
        }
        for (String name : List.of(words).subList(2, words.length)) {
            NativeMethod method = new NativeMethod(module, words[0], name, replacement, reason);
            if (methods.put(method.key(), method) != null) {
                throw new IllegalArgumentException(method.key() + " is there twice: " + line);
            }
        }
    }

    /** In the order of the table. */
    public Collection<NativeMethod> methods() {
        return methods.values();
    }

    /**
     * @param className with dots
     * @param descriptor as in class files
     */
    public Optional<NativeMethod> find(String className, String name, String descriptor) {
        String key = className + "." + name;
        NativeMethod method = methods.get(key);
        return Optional.ofNullable(method == null ? methods.get(key + descriptor) : method);
    }
}
