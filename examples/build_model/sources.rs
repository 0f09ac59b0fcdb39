//! What is counted. In: our texts, as tokens; the general model; the table of pairs. Out: their counts and
//! probabilities of one, two and three tokens.

use std::collections::HashSet;

use mingwen::repair::classes::{self, EDGE, Token};

use super::Counts;
use super::dictionary::{dict_costs, simplified};

/// Counts of tokens, pairs and triples in the texts.
#[derive(Default)]
pub struct TextCounts {
    pub one: Counts<Token>,
    pub two: Counts<(Token, Token)>,
    pub three: Counts<(Token, Token, Token)>,
    pub lists: usize,
}

impl TextCounts {
    /// Counts a line. Statutes and manuals are full of lists whose items end in `；`, as the lines
    /// of other texts hardly ever do: four of five such line ends are not counted.
    pub fn add(&mut self, tokens: &[Token]) {
        let mut line = vec![EDGE];
        line.extend(tokens);
        let semicolon = tokens.last() == Some(&classes::token("；"));
        self.lists += usize::from(semicolon);
        if !semicolon || self.lists.is_multiple_of(5) {
            line.push(EDGE);
        }
        for &token in line.iter().skip(1) {
            *self.one.entry(token).or_default() += 1.0;
        }
        for pair in line.windows(2) {
            *self.two.entry((pair[0], pair[1])).or_default() += 1.0;
        }
        for triple in line.windows(3) {
            *self
                .three
                .entry((triple[0], triple[1], triple[2]))
                .or_default() += 1.0;
        }
    }
}

/// What general text has: probabilities of words and marks, and of those after one and two others.
#[derive(Default)]
pub struct General {
    pub names: Vec<String>,
    pub one: Counts<Token>,
    pub two: Counts<(Token, Token)>,
    pub three: Counts<(Token, Token, Token)>,
    /// The pairs that triples start with.
    pub contexts: HashSet<(Token, Token)>,
    /// What the table of pairs adds, and its contexts.
    pub more: Counts<(Token, Token)>,
    pub first: Counts<Token>,
    pub known: HashSet<Token>,
}

impl General {
    /// Lines of a probability and of one, two or three words.
    pub fn read(text: &str) -> Self {
        let mut general = Self::default();
        for line in text.lines().filter(|line| simplified(line)) {
            let mut fields = line.split('\t');
            let Some(p) = fields.next().and_then(|field| field.parse::<f64>().ok()) else {
                continue;
            };
            let words: Vec<&str> = fields.collect();
            let tokens: Vec<Token> = words.iter().map(|word| classes::token(word)).collect();
            match tokens[..] {
                [a] => {
                    general.names.push(words[0].to_owned());
                    general.one.insert(a, p);
                }
                [a, b] => {
                    general.two.insert((a, b), p);
                    general.known.insert(a);
                }
                [a, b, c] => {
                    general.three.insert((a, b, c), p);
                    general.contexts.insert((a, b));
                }
                _ => {}
            }
        }
        let mut total: Vec<f64> = general.one.values().copied().collect();
        total.sort_by(f64::total_cmp);
        let total: f64 = total.iter().sum();
        for p in general.one.values_mut() {
            *p /= total;
        }
        general
    }

    /// Counts of pairs of words.
    pub fn add_pairs(&mut self, text: &str, dict: &[(String, f64)]) {
        let probabilities = dict_costs(dict);
        let mut two = Counts::new();
        let mut kept: Counts<Token> = Counts::new();
        for line in text.lines().filter(|line| simplified(line)) {
            let mut fields = line.split('\t');
            let (Some(a), Some(b), Some(count)) = (fields.next(), fields.next(), fields.next())
            else {
                continue;
            };
            let (a, b) = (classes::token(a), classes::token(b));
            let Ok(count) = count.parse::<f64>() else {
                continue;
            };
            if probabilities.contains_key(&a) && probabilities.contains_key(&b) {
                two.insert((a, b), count);
                *kept.entry(a).or_default() += count;
            }
        }
        // The table leaves rare pairs out. How large the corpus was is seen from the commonest words:
        // of theirs hardly any pair is rare.
        let mut ratios: Vec<f64> = kept
            .iter()
            .filter(|entry| *entry.1 > 5_000.0)
            .map(|(token, sum)| sum / probabilities[token])
            .collect();
        ratios.sort_by(f64::total_cmp);
        let size = ratios.get(ratios.len() / 2).copied().unwrap_or(1.0) * 1.25;
        println!(
            "{} general pairs, of a corpus of about {size:.0} words",
            two.len()
        );
        self.first = kept
            .into_iter()
            .map(|(token, sum)| (token, (sum * 1.15).max(size * probabilities[&token])))
            .collect();
        self.more = two;
    }
}
