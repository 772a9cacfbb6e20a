package dev.cortado.image.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users write about networks. */
class NetworkWordsTest {
    private static final int CASES = 30_000;

    /** What is in such words, and what is not. */
    private static final String LETTERS = "0123456789012345.:,/=ehtpudcx -\0é";

    @ParameterizedTest
    @CsvSource({
        "8080:80, 127.0.0.1:8080:80",
        "0:65535, 127.0.0.1:0:65535",
        "0.0.0.0:1:2, 0.0.0.0:1:2",
        "5353:53/UDP, 127.0.0.1:5353:53/udp",
        "10.0.0.1:80:80/tcp, 10.0.0.1:80:80"
    })
    void understandsForwards(String text, String word) {
        assertEquals(word, PortForward.parse(text).word());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "80",
                ":80",
                "80:",
                "a:b",
                "80:0",
                "65536:80",
                "80:65536",
                "-1:80",
                "80:80/sctp",
                "localhost:80:80",
                "256.0.0.1:80:80",
                "01.2.3.4:80:80",
                "1.2.3:80:80",
                "::1:80:80"
            })
    void refusesOtherForwards(String text) {
        assertError(PortForward::parse, text, "--forward " + text);
    }

    @Test
    void whatIsUnderstoodIsWrittenAndUnderstoodAgain() {
        Random random = new Random(11);
        for (int i = 0; i < CASES; i++) {
            String host = i % 3 == 0 ? "" : "%d.0.%d.7:".formatted(random.nextInt(256), i & 0xff);
            int guest = 1 + random.nextInt(0xffff);
            String suffix = i % 2 == 0 ? "" : "/udp";
            String word = host + random.nextInt(0x10000) + ":" + guest + suffix;
            PortForward forward = PortForward.parse(word);
            assertEquals(guest, forward.guestPort());
            assertEquals(forward, PortForward.parse(forward.word()));
        }
    }

    /** Nothing but a UserError comes out of anything. */
    @Test
    void nonsenseIsAUserError() {
        Random random = new Random(12);
        List<Function<String, Object>> parsers =
                List.of(
                        PortForward::parse,
                        MacAddress::parse,
                        NetworkMode::parse,
                        GuestAddress::parse);
        for (int i = 0; i < CASES; i++) {
            StringBuilder text = new StringBuilder(i % 4 == 0 ? "eth0:" : i % 4 == 1 ? "tap=" : "");
            for (int length = random.nextInt(24); length > 0; length--) {
                text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            for (Function<String, Object> parser : parsers) {
                try {
                    parser.apply(text.toString());
                } catch (UserError e) {
                    assertTrue(e.getMessage().startsWith("--"), e.getMessage());
                }
            }
        }
    }

    @Test
    void understandsNetworks() {
        assertEquals(new NetworkMode.User(), NetworkMode.parse("user"));
        assertEquals(new NetworkMode.None(), NetworkMode.parse("none"));
        assertEquals(new NetworkMode.Tap("tap0"), NetworkMode.parse("tap=tap0"));
        String longest = "tap=123456789012345";
        assertEquals(longest, NetworkMode.parse(longest).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tap",
                "tap=",
                "tap=..",
                "tap=a/b",
                "tap=a,script=/x",
                "tap=1234567890123456"
            })
    void refusesOtherNetworks(String text) {
        assertError(NetworkMode::parse, text, "--net " + text);
    }

    @Test
    void understandsMacAddresses() {
        assertEquals("52:54:00:ab:cd:ef", MacAddress.parse("52-54-00-AB-CD-EF").text());
        assertError(MacAddress::parse, "52:54:00:ab:cd", "no MAC address");
        assertError(MacAddress::parse, "52:54:00:ab:cd:eg", "no MAC address");
        assertError(MacAddress::parse, "01:00:5e:00:00:01", "a group");
        assertError(MacAddress::parse, "00:00:00:00:00:00", "no card");
    }

    @Test
    void anImageHasTheSameAddressAtEachStart() {
        MacAddress first = MacAddress.ofImage(Path.of("/a/app.elf"), "user");
        assertEquals(first, MacAddress.ofImage(Path.of("/a/b/../app.elf"), "user"));
        assertNotEquals(first, MacAddress.ofImage(Path.of("/b/app.elf"), "user"));
        assertNotEquals(first, MacAddress.ofImage(Path.of("/a/app.elf"), "tap=tap0"));
        for (int i = 0; i < 1000; i++) {
            MacAddress address = MacAddress.ofImage(Path.of("/a/" + i), "user");
            int begin = Integer.parseInt(address.text().substring(0, 2), 16);
            assertEquals(2, begin & 3, "locally administered, of one card: " + address);
            assertEquals(address, MacAddress.parse(address.text()));
        }
    }

    @Test
    void understandsGuestAddresses() {
        String text = "eth0:10.0.2.15/24,gateway=10.0.2.2,dns=10.0.2.3,dns=1.1.1.1";
        assertEquals(Optional.of("10.0.2.15"), GuestAddress.parse(text).address());
        assertEquals("cortado.net=" + text, GuestAddress.parse(text).kernelWord());
        assertEquals("cortado.net=none", GuestAddress.parse("none").kernelWord());
        assertEquals("cortado.net=eth1:dhcp", GuestAddress.parse(" eth1:dhcp").kernelWord());
        GuestAddress vlan = GuestAddress.parse("eth0.4094:10.0.5.2/24");
        assertEquals("cortado.net=eth0.4094:10.0.5.2/24", vlan.kernelWord());
        assertTrue(vlan.isVlan());
        assertFalse(GuestAddress.parse(text).isVlan());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.2.15/24 | write for example",
                "eth0.0:dhcp | a VLAN has a number from 1 to 4094",
                "eth0.05:dhcp | a VLAN has a number from 1 to 4094",
                "eth0.4095:dhcp | a VLAN has a number from 1 to 4094",
                "eth0.:dhcp | write for example",
                "eth0:10.0.2.15 | no address with its prefix",
                "eth0:10.0.2.15/33 | from 1 to 32",
                "eth0:10.0.2.15/0 | from 1 to 32",
                "eth0:10.0.2.256/24 | no IPv4 address",
                "eth0:224.0.0.1/24 | of no machine",
                "eth0:127.0.0.1/8 | of no machine",
                "eth0:10.0.2.15/24,gateway=10.0.3.1 | no neighbour",
                "eth0:10.0.2.15/24,gateway=10.0.2.15 | no neighbour",
                "eth0:10.0.2.15/24,gateway=10.0.2.2,gateway=10.0.2.3 | once",
                "eth0:10.0.2.15/24,dns=host | no IPv4 address",
                "eth0:10.0.2.15/24,mtu=9000 | mtu=9000",
                "eth0:10.0.2.15/24, | none of",
                "eth0:dhcp,dns=1.1.1.1 | DHCP says all"
            })
    void refusesOtherGuestAddresses(String text, String part) {
        assertError(GuestAddress::parse, text, "--address " + text + ": ");
        assertError(GuestAddress::parse, text, part);
    }

    private static void assertError(Function<String, ?> parser, String text, String part) {
        UserError error = assertThrows(UserError.class, () -> parser.apply(text));
        assertTrue(error.getMessage().contains(part), error.getMessage());
    }
}
