package org.labharness.autograder.enrolment;

import static org.labharness.autograder.enrolment.Imported.fresh;
import static org.labharness.autograder.enrolment.Imported.into;

import org.junit.jupiter.api.Test;
import org.labharness.autograder.roster.Roster;
import org.labharness.autograder.sample.Golden;
import org.labharness.autograder.sample.TinyCourse;

class RosterWordsTests {
    private static final Roster BEFORE = fresh("""
            id,name,mail,team,section,repository,repository:dvc-pipeline,extension:dvc-pipeline,excused
            cs1,Ada Ünlü,ada@old.example.org,red,A,https://git.example.org/{lab}/{student}.git,,2d,viva
            cs2,Bo Li,bo@example.org,red,A,,https://git.example.org/bo.git,,
            cs3,Chi Okafor,,,,,,,
            cs4,"=HYPERLINK(""http://x"")",,,,,,,
            """);
    private static final RosterImport READ = into(BEFORE, """
            id,name,mail,team,repository,repository:dvc-pipeline,extension:dvc-pipeline,excused:viva,excused:spark
            cs1,Ada Ünlü-Li,ada@example.org,,https://git.example.org/{student}.git,https://git.example.org/ada.git,2026-09-20 18:00,no,x
            cs2,Bo Li,bo@example.org,red,,https://git.example.org/bo.git,,,
            cs5,Di Doe,di@example.org,blue,git@git.example.org:di/{lab}.git,,12h,yes,
            cs6,Eve,,,,,,,
            """);

    @Test
    void a_preview_names_who_is_added_changed_and_gone_with_every_field() {
        Golden.check("roster/preview.txt", RosterPreview.of(TinyCourse.course(), READ.change(true)));
    }

    @Test
    void a_roster_is_listed_with_what_differs_by_lab() {
        Golden.check("roster/listing.txt", RosterListing.of(TinyCourse.course(), READ.merged()));
        Golden.check("roster/listing-empty.txt", RosterListing.of(TinyCourse.course(), Roster.EMPTY));
    }
}
