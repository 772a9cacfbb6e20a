package dev.cortado.image.classpath;

import java.nio.file.Path;

/**
 * A jar or a directory on a class path.
 *
 * @param path where it is
 * @param name what to call it when people are told of it: a jar out of another one is known to them
 *     by that one's name
 */
public record ClassPathElement(Path path, String name) {

    /** One that is known by its path. */
    public static ClassPathElement of(Path path) {
        return new ClassPathElement(path, path.toString());
    }
}
