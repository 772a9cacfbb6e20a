package dev.cortado.system.guest.files;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** What is done to two paths. */
final class PairCases {
    /** A path, and another one. */
    record Pair(String one, String other) {
        static List<Pair> all(List<String> operands) {
            List<Pair> all = new ArrayList<>();
            for (String one : operands) {
                for (String other : operands) {
                    all.add(new Pair(one, other));
                }
            }
            return all;
        }

        @Override
        public String toString() {
            return one + " " + other;
        }
    }

    private PairCases() {}

    private static Operation<Pair> of(String name, Operation.Action<Pair> action) {
        return Operation.of(name, action);
    }

    static List<Operation<Pair>> all() {
        return List.of(
                of("move", pair -> Files.move(Path.of(pair.one), Path.of(pair.other))),
                of(
                        "move-replace",
                        pair ->
                                Files.move(
                                        Path.of(pair.one),
                                        Path.of(pair.other),
                                        StandardCopyOption.REPLACE_EXISTING)),
                of(
                        "move-atomic",
                        pair ->
                                Files.move(
                                        Path.of(pair.one),
                                        Path.of(pair.other),
                                        StandardCopyOption.ATOMIC_MOVE)),
                of("renameTo", pair -> new File(pair.one).renameTo(new File(pair.other))),
                of("createLink", pair -> Files.createLink(Path.of(pair.one), Path.of(pair.other))),
                of("copy", pair -> Files.copy(Path.of(pair.one), Path.of(pair.other))),
                of(
                        "copy-replace",
                        pair ->
                                Files.copy(
                                        Path.of(pair.one),
                                        Path.of(pair.other),
                                        StandardCopyOption.REPLACE_EXISTING)),
                of(
                        "copy-attributes-no-follow",
                        pair ->
                                Files.copy(
                                        Path.of(pair.one),
                                        Path.of(pair.other),
                                        StandardCopyOption.COPY_ATTRIBUTES,
                                        LinkOption.NOFOLLOW_LINKS)));
    }
}
