package dev.cortado.image.compile;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.ZipFile;
import org.objectweb.asm.ClassReader;

/**
 * The options that the compiler understands, read from its jars: from the annotations of the fields
 * that hold its options. None of its code runs, but for the functions that rewrite some values.
 */
public final class OptionTable {
    /** The compiler's own list of the classes with options: one such class beside each of them. */
    private static final String DESCRIPTORS = "_OptionDescriptors.class";

    private final List<Path> jars;
    private final Map<String, CompilerOption> byName = new HashMap<>();
    private final Set<String> paths = new HashSet<>();

    private OptionTable(List<Path> jars) {
        this.jars = jars;
    }

    /**
     * @throws IOException if a jar cannot be read
     */
    public static OptionTable read(List<Path> compilerJars) throws IOException {
        OptionTable table = new OptionTable(List.copyOf(compilerJars));
        for (Path jar : compilerJars) {
            try (ZipFile file = new ZipFile(jar.toFile())) {
                table.add(file);
            }
        }
        return table;
    }

    private void add(ZipFile jar) throws IOException {
        List<String> descriptors =
                jar.stream()
                        .map(Object::toString)
                        .filter(name -> name.endsWith(DESCRIPTORS))
                        .toList();
        for (String descriptor : descriptors) {
            String owner = owner(jar, descriptor.replace(DESCRIPTORS, ""));
            byte[] contents = jar.getInputStream(jar.getEntry(owner + ".class")).readAllBytes();
            new ClassReader(contents)
                    .accept(
                            new OptionVisitor(
                                    option -> byName.put(option.name(), option), paths::add),
                            ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
        }
    }

    /** Nested classes have an underscore in their list's name where others have a dollar. */
    private static String owner(ZipFile jar, String name) throws IOException {
        for (String candidate = name; ; ) {
            if (jar.getEntry(candidate + ".class") != null) {
                return candidate;
            }
            int underscore = candidate.lastIndexOf('_');
            if (underscore < 0) {
                throw new IOException(jar.getName() + " has no class " + name);
            }
            candidate =
                    candidate.substring(0, underscore) + "$" + candidate.substring(underscore + 1);
        }
    }

    /** The option whose name begins this word, and ends at one of its separators. */
    Optional<CompilerOption> beginning(String word) {
        for (int end = word.length(); end > 0; end--) {
            CompilerOption option = byName.get(word.substring(0, end));
            if (option != null && endsAt(option, word, end)) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }

    private static boolean endsAt(CompilerOption option, String word, int end) {
        return end == word.length()
                || option.separators().contains(CompilerOption.NOTHING)
                || option.separators().contains(word.charAt(end));
    }

    /** The names that set the compiler's own option of this name. */
    List<String> namesOf(String builderName) {
        return byName.values().stream()
                .filter(option -> option.builderName().equals(builderName))
                .map(CompilerOption::name)
                .sorted()
                .toList();
    }

    /** Whether the compiler's own option of this name takes names of files or directories. */
    boolean takesPaths(String builderName) {
        return paths.contains(builderName);
    }

    /**
     * The value as the compiler's own option wants it.
     *
     * @throws IOException if the function that rewrites it is not what was expected
     */
    String transform(CompilerOption option, String value) throws IOException {
        if (option.transformer() == null) {
            return value;
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls(jars), ClassLoader.getPlatformClassLoader())) {
            var constructor = loader.loadClass(option.transformer()).getDeclaredConstructor();
            constructor.setAccessible(true);
            @SuppressWarnings("unchecked")
            Function<Object, Object> function =
                    (Function<Object, Object>) constructor.newInstance();
            return function.apply(value).toString();
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            throw new IOException("the compiler's " + option.transformer() + " does not work", e);
        }
    }

    private static URL[] urls(List<Path> jars) throws MalformedURLException {
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = jars.get(i).toUri().toURL();
        }
        return urls;
    }
}
