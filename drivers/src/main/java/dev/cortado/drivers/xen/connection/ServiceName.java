package dev.cortado.drivers.xen.connection;

import java.io.IOException;

/** Where in xenstore services and their clients are. */
public final class ServiceName {
    private static final String ROOT = "data/cortado";
    private static final int LONGEST = 64;

    private ServiceName() {}

    /** What is there as long as the domain is. */
    public static String alive() {
        return ROOT + "/alive";
    }

    /** A service's directory in its own domain. */
    public static String own(String name) {
        return ROOT + "/services/" + check(name);
    }

    /** The same, seen from another domain. */
    static String of(int domain, String path) {
        return "/local/domain/" + domain + '/' + path;
    }

    static String check(String name) {
        boolean valid = !name.isEmpty() && name.length() <= LONGEST;
        for (int i = 0; valid && i < name.length(); i++) {
            char letter = name.charAt(i);
            valid =
                    letter >= 'a' && letter <= 'z'
                            || letter >= 'A' && letter <= 'Z'
                            || letter >= '0' && letter <= '9'
                            || letter == '-'
                            || letter == '_';
        }
        if (!valid) {
            throw new IllegalArgumentException(
                    "A service's name has up to 64 letters, digits, - and _: " + name);
        }
        return name;
    }

    /** What the service writes into a client's node when they are connected. */
    public static final String ACCEPTED = "accepted";

    /** What a client writes: reference of the first page, and port. */
    static String offer(int reference, int port) {
        return reference + " " + port;
    }

    /**
     * The two numbers of an offer.
     *
     * @throws IOException if it is none
     */
    static int[] parseOffer(String text) throws IOException {
        int space = text.indexOf(' ');
        int[] numbers = {number(text, 0, space), number(text, space + 1, text.length())};
        if (space < 0 || numbers[0] < 0 || numbers[1] < 0) {
            throw new IOException("no offer of a connection");
        }
        return numbers;
    }

    private static int number(String text, int begin, int end) {
        if (begin >= end || end - begin > 9) {
            return -1;
        }
        int number = 0;
        for (int i = begin; i < end; i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = 10 * number + digit - '0';
        }
        return number;
    }
}
