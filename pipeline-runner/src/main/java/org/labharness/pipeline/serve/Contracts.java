package org.labharness.pipeline.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.labharness.lab.ServiceCheck;
import org.labharness.pipeline.Breakdown;
import org.labharness.pipeline.SystemBroke;
import org.labharness.pipeline.evidence.ServiceFacts;
import org.labharness.pipeline.evidence.ServiceFacts.ContractFacts;

/**
 * How the answers of a service fit the forms that a lab asks for.
 *
 * @param lab the lab's folder
 * @param path that was asked
 */
record Contracts(Path lab, String path, Told told, List<Prediction> given) {
    ContractFacts facts(ServiceCheck.ServiceContract check) {
        String against = check.schema() == null ? check.openapi() : check.schema();
        try {
            Contract contract = Contract.of(schema(check));
            if (check.schema() == null && contract.takesAnything()) {
                throw new UnusableSchema("it says nothing of what the answer of POST " + path + " looks like");
            }
            List<String> problems = new ArrayList<>();
            for (int row = 0; row < given.size(); row++) {
                problems.add(problem(contract, check, given.get(row), row));
            }
            return new ContractFacts(against, "", problems);
        } catch (UnusableSchema unusable) {
            return new ContractFacts(against, String.valueOf(unusable.getMessage()), List.of());
        }
    }

    private String problem(Contract contract, ServiceCheck.ServiceContract check, Prediction one, int row)
            throws UnusableSchema {
        if (!one.problem().isEmpty()) {
            return one.problem();
        }
        if (!one.json()) {
            return ServiceFacts.words(one.status(), one.failure());
        }
        String body = told.body(row);
        if (!contract.isTooLarge(body)) {
            return contract.problem(body);
        }
        if (check.schema() == null) {
            return "the answer is too large to be compared with the form";
        }
        throw new UnusableSchema("with an answer as large as this service's, comparing would take too long");
    }

    private String schema(ServiceCheck.ServiceContract check) throws UnusableSchema {
        if (check.schema() == null) {
            String document = told.document(check.openapi());
            if (document == null) {
                throw new UnusableSchema("GET " + check.openapi() + " has " + told.documentStatus(check.openapi()));
            }
            return PlainSchema.ofAnswer(document, path);
        }
        Path file = lab.resolve(check.schema());
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new SystemBroke(Breakdown.INTERNAL, "The lab's schema " + file + " cannot be read: " + e, e);
        }
    }
}
