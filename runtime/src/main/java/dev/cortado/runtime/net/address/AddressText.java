package dev.cortado.runtime.net.address;

/** Addresses as people write them: RFC 4291, 2.2, and RFC 5952. */
final class AddressText {
    private static final int GROUPS = 8;

    private AddressText() {}

    static IpAddress parse(String text) {
        if (text.length() > 45) {
            throw bad(text.substring(0, 45) + "...");
        }
        return text.indexOf(':') < 0 ? IpAddress.ofIpv4(ipv4(text, text)) : ipv6(text);
    }

    private static int ipv4(String part, String text) {
        String[] numbers = part.split("\\.", -1);
        if (numbers.length != 4) {
            throw bad(text);
        }
        int address = 0;
        for (String number : numbers) {
            address = address << 8 | decimal(number, text);
        }
        return address;
    }

    /** No leading zeros: some take them for octal. */
    private static int decimal(String number, String text) {
        boolean isDecimal = !number.isEmpty() && number.length() <= 3;
        int value = 0;
        for (int i = 0; isDecimal && i < number.length(); i++) {
            char digit = number.charAt(i);
            isDecimal = digit >= '0' && digit <= '9';
            value = 10 * value + digit - '0';
        }
        if (!isDecimal || value > 255 || number.length() > 1 && number.charAt(0) == '0') {
            throw bad(text);
        }
        return value;
    }

    private static IpAddress ipv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            int[] groups = new int[GROUPS];
            if (groups(text, groups, text) != GROUPS) {
                throw bad(text);
            }
            return of(groups);
        }
        int[] head = new int[GROUPS];
        int[] tail = new int[GROUPS];
        int headCount = gap == 0 ? 0 : groups(text.substring(0, gap), head, text);
        String rest = text.substring(gap + 2);
        int tailCount = rest.isEmpty() ? 0 : groups(rest, tail, text);
        if (headCount + tailCount >= GROUPS) {
            throw bad(text);
        }
        System.arraycopy(tail, 0, head, GROUPS - tailCount, tailCount);
        return of(head);
    }

    /** Groups of 16 bits, the last two of which may be an IPv4 address; how many there are. */
    private static int groups(String part, int[] groups, String text) {
        String[] words = part.split(":", -1);
        int count = 0;
        for (int i = 0; i < words.length; i++) {
            boolean isIpv4 = i == words.length - 1 && words[i].indexOf('.') >= 0;
            if (count + (isIpv4 ? 2 : 1) > GROUPS) {
                throw bad(text);
            }
            if (isIpv4) {
                int address = ipv4(words[i], text);
                groups[count++] = address >>> 16;
                groups[count++] = address & 0xffff;
            } else {
                groups[count++] = hexadecimal(words[i], text);
            }
        }
        return count;
    }

    private static int hexadecimal(String word, String text) {
        if (word.isEmpty() || word.length() > 4) {
            throw bad(text);
        }
        int value = 0;
        for (int i = 0; i < word.length(); i++) {
            char digit = word.charAt(i);
            int number = digit < 128 ? Character.digit(digit, 16) : -1;
            if (number < 0) {
                throw bad(text);
            }
            value = value << 4 | number;
        }
        return value;
    }

    private static IpAddress of(int[] groups) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < 4; i++) {
            high = high << 16 | groups[i];
            low = low << 16 | groups[i + 4];
        }
        return new IpAddress(high, low);
    }

    private static IllegalArgumentException bad(String text) {
        return new IllegalArgumentException("Not an IP address: \"" + text + "\"");
    }

    static void write(long high, long low, CharacterSink to) {
        if (Ipv6.isMapped(high, low)) {
            writeIpv4((int) low, to);
            return;
        }
        int gapStart = -1;
        int gapLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int zeros = zeros(high, low, i);
            if (zeros > gapLength) {
                gapStart = i;
                gapLength = zeros;
            }
        }
        boolean isSeparate = true;
        for (int i = 0; i < GROUPS; i++) {
            if (i == gapStart) {
                to.accept(':');
                to.accept(':');
                i += gapLength - 1;
                isSeparate = true;
                continue;
            }
            if (!isSeparate) {
                to.accept(':');
            }
            writeGroup(group(high, low, i), to);
            isSeparate = false;
        }
    }

    private static void writeIpv4(int address, CharacterSink to) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            int number = address >>> shift & 0xff;
            for (int unit = number >= 100 ? 100 : number >= 10 ? 10 : 1; unit > 0; unit /= 10) {
                to.accept((char) ('0' + number / unit % 10));
            }
            if (shift > 0) {
                to.accept('.');
            }
        }
    }

    private static void writeGroup(int group, CharacterSink to) {
        for (int digits = (35 - Integer.numberOfLeadingZeros(group | 1)) / 4;
                digits > 0;
                digits--) {
            to.accept(Character.forDigit(group >>> 4 * (digits - 1) & 0xf, 16));
        }
    }

    private static int zeros(long high, long low, int from) {
        int end = from;
        while (end < GROUPS && group(high, low, end) == 0) {
            end++;
        }
        return end - from;
    }

    private static int group(long high, long low, int index) {
        return (int) ((index < 4 ? high : low) >>> 48 - 16 * (index & 3)) & 0xffff;
    }
}
