package dev.cortado.image.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cortado.image.UserError;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an image is made of. It travels in the image as a JSON document in an ELF note.
 *
 * @param cortado version of Cortado
 * @param jdk version of the JDK whose classes are in the image
 * @param graalvm version of the compiler
 * @param targets kinds of machine that it is for, such as "xen-pvh"
 * @param bootProtocols how it can be started, such as "pvh"
 * @param drivers in the order of their names
 * @param natives native methods that the program can reach and nobody has replaced
 * @param files directories that are part of it, in the order of the build's options
 * @param options of the build, as they would be written on the command line
 * @param jars of the class path, in its order
 * @param licences of the parts
 */
public record Manifest(
        String cortado,
        String jdk,
        String graalvm,
        String mainClass,
        List<String> targets,
        List<String> bootProtocols,
        List<Driver> drivers,
        List<Native> natives,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Directory> files,
        List<String> options,
        List<Jar> jars,
        List<Licence> licences) {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    /**
     * A driver in the image, and what made it necessary.
     *
     * @param calls how the program comes to it: methods, each of which calls the next one or makes
     *     what that belongs to, {@link #LEFT_OUT} for some between; none if the target chooses it
     */
    public record Driver(
            String name,
            String reason,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> calls) {
        public static final String LEFT_OUT = "...";

        public Driver {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(reason, "reason");
            calls = copy(calls);
        }
    }

    /**
     * A native method without an implementation, and the classes that call it; none if it is called
     * by reflection only.
     */
    public record Native(String method, List<String> callers) {
        public Native {
            Objects.requireNonNull(method, "method");
            callers = copy(callers);
        }
    }

    /**
     * A directory of this machine that the guest has as well.
     *
     * @param path in the guest
     * @param files how many regular files and symbolic links are in it, also further down
     * @param directories how many are below it
     * @param bytes that its files have together
     */
    public record Directory(String path, int files, int directories, long bytes) {
        public Directory {
            Objects.requireNonNull(path, "path");
        }
    }

    /** A jar or directory of the class path; the hash is in lower-case hexadecimal. */
    public record Jar(String name, String sha256) {
        public Jar {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(sha256, "sha256");
        }
    }

    /** A part of the image and the SPDX expression of its licence. */
    public record Licence(String component, String licence) {
        public Licence {
            Objects.requireNonNull(component, "component");
            Objects.requireNonNull(licence, "licence");
        }
    }

    public Manifest {
        Objects.requireNonNull(cortado, "cortado");
        Objects.requireNonNull(jdk, "jdk");
        Objects.requireNonNull(graalvm, "graalvm");
        Objects.requireNonNull(mainClass, "mainClass");
        targets = copy(targets);
        bootProtocols = copy(bootProtocols);
        drivers = copy(drivers);
        natives = copy(natives);
        files = copy(files);
        options = copy(options);
        jars = copy(jars);
        licences = copy(licences);
    }

    private static <T> List<T> copy(List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /** This manifest as compact JSON in UTF-8; equal manifests give equal bytes. */
    public byte[] toJson() {
        return MAPPER.writeValueAsBytes(this);
    }

    /**
     * Reads what {@link #toJson} wrote; properties of newer versions are ignored.
     *
     * @param file the image that the JSON is from, for errors
     * @throws UserError if it is not a manifest
     */
    public static Manifest fromJson(String file, byte[] json) {
        try {
            Manifest manifest = MAPPER.readValue(json, Manifest.class);
            if (manifest == null) {
                throw new UserError(file + " has an empty manifest; build it again");
            }
            return manifest;
        } catch (JacksonException e) {
            throw new UserError(file + " has a manifest that cannot be read; build it again", e);
        }
    }
}
