package dev.cortado.examples.tour;

import java.io.PrintStream;

/** Strings built, changed and taken apart, Latin and beyond. */
final class StringBuilderTopic implements Topic {
    @Override
    public String title() {
        return "StringBuilder";
    }

    @Override
    public void show(PrintStream out) {
        StringBuilder builder = new StringBuilder("espresso");
        builder.insert(0, "double ").append(", ").append(2).append('x').append(1.5f).append(true);
        builder.replace(0, 6, "single").deleteCharAt(builder.length() - 1);
        out.println(builder + " (" + builder.length() + ")");
        out.println("reversed: " + new StringBuilder("stressed").reverse());
        out.println("palindrome: " + isPalindrome("A man, a plan, a canal: Panama"));

        String text = "caf\u00e9 \u2615 \ud83d\ude80";
        out.println("length " + text.length() + ", code points " + text.codePoints().count());
        out.println("escaped: " + escape(text));
        out.println("escaped, reversed: " + escape(new StringBuilder(text).reverse().toString()));

        StringBuilder large = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            large.append(i).append(i % 10 == 9 ? '\n' : ' ');
        }
        out.println(
                "large: " + large.length() + " characters, hash " + large.toString().hashCode());
        out.println("lines: " + large.toString().lines().count());
        out.println("joined: " + String.join("/", "usr", "share", "doc").replace("usr", "opt"));
        out.println("split: " + String.join("|", "a,b,,c,".split(",")));
        out.println("stripped: [" + "  both sides ".strip() + "]");
    }

    private static boolean isPalindrome(String text) {
        StringBuilder letters = new StringBuilder();
        text.chars()
                .filter(Character::isLetter)
                .map(Character::toLowerCase)
                .forEach(letters::appendCodePoint);
        return letters.compareTo(new StringBuilder(letters).reverse()) == 0;
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints()
                .forEach(codePoint -> {
                    if (codePoint < 128) {
                        escaped.appendCodePoint(codePoint);
                    } else {
                        escaped.append("U+").append(Integer.toHexString(codePoint));
                    }
                });
        return escaped.toString();
    }
}
