package dev.cortado.image.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.image.UserError;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WantedDirectoryTest {
    private static final Path BASE = Path.of("/base");

    private static WantedDirectory parse(String text) {
        return WantedDirectory.parse(text, BASE);
    }

    @ParameterizedTest
    @CsvSource({
        "site, /base/site, /site",
        "a/b/site/, /base/a/b/site, /site",
        "a/../site, /base/a/../site, /site",
        "., /base/., /base",
        "/x/site, /x/site, /site",
        "site=/srv/site, /base/site, /srv/site",
        "site=//srv//site/, /base/site, /srv/site",
        "site=/java/, /base/site, /java",
        "a=b=/c, /base/a=b, /c",
        "säle=/größe, /base/säle, /größe",
        "/=/host, /, /host",
    })
    void understandsADirectoryAndItsPlace(String text, String directory, String place) {
        assertEquals(new WantedDirectory(Path.of(directory), place), parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "site=srv | the guest's path \"srv\" does not begin with a slash",
                "site= | the guest's path \"\" does not begin with a slash",
                "site=/ | the guest's path \"/\" is the root, which is in memory",
                "site=/srv/../etc | the guest's path \"/srv/../etc\" has dots",
                "site=/./srv | the guest's path \"/./srv\" has dots",
                "site=/java/x | the guest's path \"/java/x\" is inside java.home",
                "=/srv | write a directory, and where the guest is to have it",
                "/ | it has no name, so write where the guest is to have it: /=/root",
            })
    void saysWhatIsWrong(String text, String why) {
        UserError e = assertThrows(UserError.class, () -> parse(text));
        assertTrue(e.getMessage().startsWith("--files " + text + ": " + why), e.getMessage());
    }

    @Test
    void refusesPlacesThatNoGuestCanHave() {
        String name = "ä".repeat(127);
        assertEquals("/" + name + "a", parse("x=/" + name + "a").place());
        assertThrows(UserError.class, () -> parse("x=/" + name + "ä"));
        assertThrows(UserError.class, () -> parse("x=" + "/abc".repeat(257)));
        assertThrows(UserError.class, () -> parse("x=/a\nb"));
        assertThrows(UserError.class, () -> parse("x=/dev"));
        assertThrows(UserError.class, () -> parse("x=/dev/null"));
        assertThrows(UserError.class, () -> parse("x=/etc/hosts"));
        assertEquals("/etc/hosts.d", parse("x=/etc/hosts.d").place());
    }

    @Test
    void noneIsInsideAnother() {
        WantedDirectory site = parse("a=/srv/site");
        WantedDirectory.requireApart(List.of(site, parse("b=/srv/site2"), parse("c=/sr")));
        assertTold(
                "--files: /base/a and /base/b are both at /srv/site: write another place behind one"
                        + " of them, such as /base/b=/srv/site2",
                site,
                parse("b=/srv/site/"));
        String inside =
                "--files: /srv/site/x is inside /srv/site, which cannot be changed: put them side by"
                        + " side, or into one directory";
        assertTold(inside, site, parse("b=/srv/site/x"));
        assertTold(inside, parse("b=/srv/site/x"), site);
    }

    @Test
    void noImageIsWrittenIntoOne() {
        List<WantedDirectory> wanted = List.of(parse("site"), parse("a/./b/../c"));
        for (String image : List.of("/base/site.elf", "/base/a/c2/app", "/base/a/app")) {
            WantedDirectory.requireOutside(wanted, Path.of(image));
        }
        Path inside = Path.of("/base/x/../a/c/d/app");
        UserError e =
                assertThrows(UserError.class, () -> WantedDirectory.requireOutside(wanted, inside));
        assertEquals(
                "--files /base/a/./b/../c: the image /base/x/../a/c/d/app would be written into it:"
                        + " write it somewhere else",
                e.getMessage());
    }

    private static void assertTold(String message, WantedDirectory... wanted) {
        UserError e =
                assertThrows(UserError.class, () -> WantedDirectory.requireApart(List.of(wanted)));
        assertEquals(message, e.getMessage());
    }
}
