package dev.cortado.system.guest.files;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The paths that are tried: to each kind of file, in each way that paths can be written. */
final class Operands {
    /** PATH_MAX without the zero at the end, and NAME_MAX (Linux, linux/limits.h). */
    private static final int LONGEST_PATH = 4095;

    private static final int LONGEST_NAME = 255;

    private static final List<String> KINDS =
            List.of(
                    "file",
                    "hard",
                    "nothing",
                    "empty",
                    "full",
                    "full/inside",
                    "full/sub",
                    "to-file",
                    "to-link",
                    "to-full",
                    "to-empty",
                    "to-full/inside",
                    "to-file-slash",
                    "to-full-slash",
                    "to-none-slash",
                    "dangling",
                    "below-none",
                    "loop",
                    "none",
                    "none/below",
                    "file/below",
                    "to-file/below",
                    "dangling/below",
                    "loop/below");

    private static final List<String> WRITTEN_OTHERWISE =
            List.of(
                    "file/",
                    "file/.",
                    "file/..",
                    "empty/",
                    "empty/.",
                    "empty/..",
                    "full/.",
                    "full/sub/..",
                    "full//sub///",
                    "./full/../file",
                    "none/",
                    "none/.",
                    "none/..",
                    "to-file/.",
                    "to-full/.",
                    "to-full/..",
                    "to-empty/.",
                    "dangling/.",
                    "loop/.",
                    ".",
                    "up",
                    "up/.",
                    "with a blank",
                    ".hidden",
                    "a\nb",
                    "a\0b",
                    "\u00e9\u4e2d",
                    "\ud83d\ude00",
                    "\ud800",
                    "*?[]");

    /** Of each kind one, to be paired. */
    private static final List<String> PAIRED =
            List.of(
                    "file",
                    "hard",
                    "empty",
                    "full",
                    "full/inside",
                    "full/sub",
                    "full/new",
                    "full/sub/new",
                    "to-file",
                    "to-full",
                    "to-empty",
                    "to-full/inside",
                    "to-file-slash",
                    "dangling",
                    "loop",
                    "none",
                    "none/below",
                    "file/below",
                    "empty/.",
                    "full/sub/..",
                    ".");

    private final String root;
    private final Path work;
    private final Path other;
    private final Map<String, String> labels = new LinkedHashMap<>();

    Operands(String root, Fixture fixture) {
        this.root = root;
        work = fixture.work();
        other = fixture.other();
        for (int more = 0; more <= 2; more++) {
            lengthen("file", LONGEST_PATH + more);
            lengthen("none", LONGEST_PATH + more);
        }
    }

    /** Of one path. */
    List<String> all() {
        List<String> all = new ArrayList<>();
        KINDS.forEach(kind -> all.add(work + "/" + kind));
        WRITTEN_OTHERWISE.forEach(path -> all.add(work + "/" + path));
        String name = "n".repeat(LONGEST_NAME);
        all.add(work + "/" + name);
        all.add(work + "/" + name + "n");
        all.add(work + "/" + name + "n/below");
        all.add(work + "/" + "\u00e9".repeat(LONGEST_NAME / 2) + "n");
        all.add(work + "/" + "\u00e9".repeat(LONGEST_NAME / 2 + 1));
        all.addAll(labels.keySet());
        all.addAll(elsewhere());
        return all;
    }

    private void lengthen(String name, int bytes) {
        int missing = bytes - (work + "/" + name).getBytes(StandardCharsets.UTF_8).length;
        String detour = missing % 2 == 0 ? "" : "/empty/..";
        String dots = "/.".repeat((missing - detour.length()) / 2);
        labels.put(work + detour + dots + "/" + name, name + " with " + bytes + " bytes");
    }

    /** What to call paths that are so long. */
    Map<String, String> labels() {
        return labels;
    }

    /** On another file system, and on one that cannot be changed. */
    private List<String> elsewhere() {
        return List.of(
                other + "/file",
                other + "/none",
                root + "/none",
                root + "/tmp",
                root + "/tmp/.",
                root + "/tmp/../none");
    }

    List<String> kinds() {
        return KINDS.stream().map(kind -> work + "/" + kind).toList();
    }

    List<String> paired() {
        List<String> all = new ArrayList<>();
        PAIRED.forEach(kind -> all.add(work + "/" + kind));
        all.add(work + "/" + "n".repeat(LONGEST_NAME + 1));
        all.add(other + "/file");
        all.add(other + "/empty");
        all.add(other + "/none");
        all.add(root + "/none");
        all.add(root + "/tmp");
        return all;
    }
}
