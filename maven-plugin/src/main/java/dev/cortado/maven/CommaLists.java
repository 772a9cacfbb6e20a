package dev.cortado.maven;

import java.util.ArrayList;
import java.util.List;

/**
 * Maven cuts the value of a property that is a list at its commas, also where one belongs to a
 * word: {@code -Dcortado.mounts=/data=vda:ext4,noatime} is one mount. This puts such words together
 * again; what a pom has as elements of its own stays as it is.
 */
final class CommaLists {
    private CommaLists() {}

    /** Mounts, each of which begins with the path of a directory. */
    static List<String> mounts(List<String> words) {
        List<String> whole = new ArrayList<>();
        for (String word : given(words)) {
            add(whole, word, !word.strip().startsWith("/"));
        }
        return whole;
    }

    /** Disks, behind whose files options may come. */
    static List<String> disks(List<String> words) {
        List<String> whole = new ArrayList<>();
        for (String word : given(words)) {
            add(whole, word, word.equals("readonly") || word.startsWith("serial="));
        }
        return whole;
    }

    /** Folders, behind whose paths it may be said how the guest has them. */
    static List<String> shares(List<String> words) {
        List<String> whole = new ArrayList<>();
        for (String word : given(words)) {
            add(whole, word, word.equals("ro") || word.equals("virtiofs"));
        }
        return whole;
    }

    private static List<String> given(List<String> words) {
        return words == null ? List.of() : words;
    }

    private static void add(List<String> whole, String word, boolean goesOn) {
        if (goesOn && !whole.isEmpty()) {
            whole.addLast(whole.removeLast() + ',' + word);
        } else {
            whole.add(word);
        }
    }
}
